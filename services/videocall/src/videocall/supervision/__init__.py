"""A supervisor's hand in what goes on: agents' states, waiting calls, a voice in a call."""
