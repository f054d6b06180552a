"""Leases of the replicas that keep sockets, and the rows of those sockets."""
