"""Carriers: tasks at their interface and their news of parcels (F4.8.2, F4.17)."""
