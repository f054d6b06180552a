"""Descriptions of connections between clients and the media node on which a call lives."""
