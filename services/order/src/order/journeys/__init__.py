"""What this service knows of a hold: folded from the hold service's facts."""
