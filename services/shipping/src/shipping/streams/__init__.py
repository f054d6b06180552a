"""Streams of shipments that are alike, and how many there are in each (decision 0041)."""
