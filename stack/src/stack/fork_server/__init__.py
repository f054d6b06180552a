"""A fork server: libraries that are slow to import are imported once for all services."""
