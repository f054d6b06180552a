"""A hold as other services tell of it, as far as videocall needs it."""
