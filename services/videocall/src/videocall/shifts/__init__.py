"""Shifts of call agents: at the desk or on a break, and the figures of the day."""
