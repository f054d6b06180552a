"""The numbers of the stock: where each stands, how it is found, and its offer."""
