"""Verification: whether the evidence of a call is as it was recorded, and what of it is not."""
