"""The log of what supervisors changed: hours, switches, rules and agents' states."""
