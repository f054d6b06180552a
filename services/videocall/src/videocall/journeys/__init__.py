"""What other services say about a hold, as far as videocall needs it."""
