"""A customer's choice of delivery: at home or at a store (F3.7 to F3.10)."""
