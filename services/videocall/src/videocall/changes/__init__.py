"""Marks of what has changed: sockets send anew what they show of it."""
