"""Call teams and the agents who answer for them (SB.3.3, SD.4)."""
