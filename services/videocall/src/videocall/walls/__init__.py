"""The supervisors' wall: teams, agents and calls at this moment, with the figures of today."""
