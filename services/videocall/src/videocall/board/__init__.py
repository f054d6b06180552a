"""The live board of supervisors: queues, agents and service levels by region (SB.3.3, SD.4)."""
