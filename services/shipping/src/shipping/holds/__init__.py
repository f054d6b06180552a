"""What other services told us about a hold: whose it is, where it belongs, whether it still is."""
