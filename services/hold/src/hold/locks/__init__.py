"""Locking a number for a customer or a channel, before there is a slip."""
