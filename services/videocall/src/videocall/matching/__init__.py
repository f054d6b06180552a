"""Matching: which waiting call rings at which idle agent's desk."""
