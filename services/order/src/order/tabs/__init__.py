"""The tabs an order moves through, and why it may not be cancelled in some (6.1)."""
