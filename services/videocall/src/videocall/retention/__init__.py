"""Retention: how long the evidence of a call is kept, legal holds, and erasure by key."""
