"""The check of a customer who came to a store with the document."""
