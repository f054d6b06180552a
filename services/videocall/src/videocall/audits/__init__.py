"""Audits: a second pair of eyes on a sample of the decisions."""
