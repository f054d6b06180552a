"""People who use the suite through its gateway, and the two journeys they make."""
