"""How VNPay 2.1.0 writes, signs and counts."""
