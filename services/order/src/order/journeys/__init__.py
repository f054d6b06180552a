"""A hold as this service knows it: folded from the hold service's facts."""
