"""Messages about facts: their texts, their ways out, and each copy until it has arrived or failed."""
