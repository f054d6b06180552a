"""Video calls: the agent who has a customer's call in hand."""
