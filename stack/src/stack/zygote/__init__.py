"""A fork server: what is slow to import is imported once for all services."""
