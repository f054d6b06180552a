"""Offers: a number, its price and terms, vouched for by the catalog for some minutes."""
