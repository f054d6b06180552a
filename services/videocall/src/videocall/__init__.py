"""The verification call between a customer and the call team."""
