"""The access log: who looked at whose evidence, and when (LAW19)."""
