"""The routing of calls to agents, measured on a PostgreSQL that waits for its disk."""
