"""Who works on a case that needs a person's review."""
