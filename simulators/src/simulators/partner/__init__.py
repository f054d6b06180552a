"""A partner's server, which is told of its holds."""
