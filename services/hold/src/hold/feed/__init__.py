"""Facts about holds for the sales channels and affiliates concerned (SYS04)."""
