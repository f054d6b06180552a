"""What sales channels and affiliates are told about holds."""
