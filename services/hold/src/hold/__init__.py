"""Who may hold which number, for how long: hold slips and hold codes."""
