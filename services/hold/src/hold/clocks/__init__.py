"""The clocks of a confirmed hold, and how long a number rests after a hold."""
