"""How fast we are, as ratios to others on the same machine in the same minute."""
