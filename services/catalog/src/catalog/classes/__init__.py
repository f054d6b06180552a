"""Which numbers are nice, how they are called and what they should cost."""
