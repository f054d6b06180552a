"""The proof that no event is lost, doubled or out of order, whichever process is killed."""
