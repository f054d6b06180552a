"""Customers: registration, activation, forgotten passwords and who I am (flows 1 and 2)."""
