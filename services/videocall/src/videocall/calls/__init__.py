"""The customer's call."""
