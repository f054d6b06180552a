"""The queue: who waits, in which order, and for whom."""
