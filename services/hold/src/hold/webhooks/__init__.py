"""Addresses of partners that events are pushed to, instead of being asked for."""
