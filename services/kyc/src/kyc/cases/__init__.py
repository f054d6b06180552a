"""The same session as staff see it."""
