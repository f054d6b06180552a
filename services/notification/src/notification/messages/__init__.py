"""Messages about facts, and each copy of one until it has arrived or failed."""
