"""Placing the one order of a hold (F3.7-F3.13, F4.1), for a customer or a channel (G05)."""
