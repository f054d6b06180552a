"""Numbers kept for customers and channels for a while: locks, hold slips and hold codes."""
