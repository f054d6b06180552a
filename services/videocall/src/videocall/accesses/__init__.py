"""The access log: each look of a member of staff at evidence (LAW19)."""
