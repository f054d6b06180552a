"""Quotes: the price of an order, shown in full before anybody pays (SB.7)."""
