"""Documents that clients watch: each is read as its GET answers it."""
