"""The facts: one module for the events of each service, and the vocabulary they share."""
