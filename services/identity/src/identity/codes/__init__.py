"""One-time codes sent by SMS: how a phone proves that it is there."""
