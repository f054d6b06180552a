"""The stage each journey stands in, since when, for how long it may, and whose work comes next."""
