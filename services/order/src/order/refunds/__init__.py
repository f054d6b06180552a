"""Money given back: one refund per payment, ever."""
