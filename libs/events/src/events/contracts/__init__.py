"""The contracts of the facts: their schemas, what breaks a promise, and the AsyncAPI document."""
