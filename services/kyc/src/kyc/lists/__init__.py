"""Lists of the cases that wait for a person, and their counts."""
