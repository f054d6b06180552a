"""How often a check may fail before a person has to help."""
