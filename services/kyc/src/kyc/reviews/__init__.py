"""What a person decides about a check that the machine could not, and by what."""
