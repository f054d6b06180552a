"""Addresses of people: by identity's word, by their own, by that of an order."""
