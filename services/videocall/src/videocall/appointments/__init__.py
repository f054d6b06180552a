"""A time at which a customer will call instead of waiting now (G26, G33)."""
