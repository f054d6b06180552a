"""Electronic invoices, one per order (SB.3.4)."""
