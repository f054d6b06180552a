"""What the customer says about themselves."""
