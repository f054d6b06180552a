"""A blank SIM on its way through the five tabs (flow 4)."""
