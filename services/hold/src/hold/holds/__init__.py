"""One number kept for one person: its life from the lock to the connection."""
