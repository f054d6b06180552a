"""Carriers' news of parcels, in their words and in our states."""
