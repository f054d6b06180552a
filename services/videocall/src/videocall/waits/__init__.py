"""Waits: a customer's place in the queue, and how long it may last, told honestly (SD.1)."""
