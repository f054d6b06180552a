"""Incidents: what went another way than the rules allow, and what a person decided about it."""
