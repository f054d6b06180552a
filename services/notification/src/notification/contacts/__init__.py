"""Addresses of people: by the word of identity, by their own, by that of an order."""
