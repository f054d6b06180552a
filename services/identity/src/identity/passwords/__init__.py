"""Passwords: hashed and compared; wrong ones are counted, so that the guesser is stopped."""
