"""Guesses of a password: counted, so that the guesser is stopped and not the owner."""
