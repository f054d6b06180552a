"""Members of staff: their roles, regions and shop."""
