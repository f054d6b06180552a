"""Calls from the queue to their end, and the facts of a journey that end or move them."""
