"""Challenges of a call: tasks drawn at random, by which an agent sees that a person is alive."""
