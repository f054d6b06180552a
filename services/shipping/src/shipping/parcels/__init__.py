"""The parcel of a shipment, for those who pack it: its address and its label (F4.12, P2.3)."""
