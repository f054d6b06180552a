"""Which agents answer for which team (SB.3.3, SD.4)."""
