"""The eSIM profile: its code, its scan, and help when the scan fails."""
