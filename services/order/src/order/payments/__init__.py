"""Attempts to pay, money on receipt, and money given back."""
