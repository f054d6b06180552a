"""Resets of forgotten passwords (flow 2)."""
