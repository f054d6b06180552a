"""Members of staff: what they may do and where."""
