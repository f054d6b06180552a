"""Holds as other services published them: customer, region and store, end."""
