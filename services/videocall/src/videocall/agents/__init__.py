"""Agents: at the desk or not, and in which state; a call rings only at one who is available."""
