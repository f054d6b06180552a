"""What other services say about a hold, as far as kyc needs it."""
