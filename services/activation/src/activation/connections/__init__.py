"""The connection queue: what the desk decides and mSale carries out."""
