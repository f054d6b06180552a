"""Orders: the five tabs they move through, and the statuses they show (flow 4)."""
