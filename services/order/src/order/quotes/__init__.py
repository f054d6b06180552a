"""What an order will cost, shown in full before anybody pays (SB.7)."""
