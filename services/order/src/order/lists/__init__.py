"""Orders as customers and staff see them, one by one and in lists (F4.4)."""
