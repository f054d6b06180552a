"""What an agent keeps of a call, so that others can see why it was approved (P5.1)."""
