"""When a team answers."""
