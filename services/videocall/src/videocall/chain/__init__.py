"""The chain of a call's events: all of its life, so that nothing of it is changed unnoticed."""
