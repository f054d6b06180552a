"""The stock as staff see it: every number with its status, and what can be done with it."""
