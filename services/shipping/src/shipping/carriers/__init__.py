"""The companies that bring parcels: what we ask of them and what they tell us (F4.8.2, F4.17)."""
