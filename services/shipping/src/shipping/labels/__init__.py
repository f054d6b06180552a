"""What is printed and put into the parcel with the blank SIM (P2.3)."""
