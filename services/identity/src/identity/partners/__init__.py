"""Sales channels and the clients they call us with (SA.1, SA.2, SB.4)."""
