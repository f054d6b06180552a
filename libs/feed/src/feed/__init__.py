"""What partners are told: a numbered list for each, read by cursor, as a stream, or pushed.

Only a service that has partners brings these tables into its own (`tables.include`).
"""
