"""The activation status an order shows; the activation service owns it."""
