"""Which agent has which customer's call in hand."""
