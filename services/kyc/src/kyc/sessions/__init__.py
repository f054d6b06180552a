"""A customer proving who they are."""
