"""The proof that no fact is lost, doubled or out of order, whoever is killed on its way."""
