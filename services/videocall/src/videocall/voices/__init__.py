"""A supervisor's voice in a call: to the agent alone, or to both (SB.3.3)."""
