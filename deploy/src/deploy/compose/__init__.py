"""The same suite in containers: what the compose file says and what its containers are given."""
