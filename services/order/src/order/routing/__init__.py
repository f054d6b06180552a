"""Routing: the regional company, shop and call team an order belongs to (SD.3)."""
