"""Cash on delivery that a carrier has not said to have collected (F4.19)."""
