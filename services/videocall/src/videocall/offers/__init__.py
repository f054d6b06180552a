"""Offers: a call that rings at a desk is accepted, declined, missed or withdrawn."""
