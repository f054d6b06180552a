"""Who looked at whose data."""
