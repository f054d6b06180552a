"""Stopping a connection that has not been made yet, and noting what could not be stopped."""
