"""The SMS gateway, and an inbox where a person reads what was sent."""
