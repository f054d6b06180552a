"""Stills of a call, kept so that others can see why it was approved (P5.1)."""
