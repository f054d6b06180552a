"""Tickets: the first word on a socket, for a browser sends no header of ours with it."""
