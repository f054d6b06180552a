"""Reviews: a person's decisions where the machine could not decide, and their grounds."""
