"""Finding a slip by its code and the phone it belongs to, and taking it into an account."""
