"""Holds as staff find them: several by id, or those of a customer's phone."""
