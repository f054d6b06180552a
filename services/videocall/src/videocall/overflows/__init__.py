"""Overflow between teams: who else may answer calls that have waited for a team (SD.4)."""
