"""How many numbers one person may keep, and for how long."""
