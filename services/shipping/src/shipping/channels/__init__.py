"""Sales channels that bring the blank SIM themselves and only report it (P2.3)."""
