"""Provinces and their wards: what an address is chosen from (F3.8 TH1)."""
