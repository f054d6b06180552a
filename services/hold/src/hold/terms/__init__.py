"""The terms that a slip is issued with: how long it is good for, and its number rests."""
