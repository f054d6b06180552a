"""Customers: registration, activation, their own profile and password (flow 1)."""
