"""The lists of staff with ten thousand and with a million orders."""
