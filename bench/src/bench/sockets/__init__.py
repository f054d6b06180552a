"""Sockets of the video call: many idle ones on one process, and many that come back at once."""
