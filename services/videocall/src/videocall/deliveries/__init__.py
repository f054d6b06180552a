"""Deliveries: which documents of which sockets are to be read, and when."""
