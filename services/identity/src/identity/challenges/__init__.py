"""Proving a phone to another service: claiming, signing, looking up (P3.3, F5a.9, G11)."""
