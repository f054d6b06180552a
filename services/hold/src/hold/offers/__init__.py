"""What the catalog vouches for: a number, its price and terms, for a few minutes."""
