"""The activation: one subscriber's way from a confirmed hold to the network."""
