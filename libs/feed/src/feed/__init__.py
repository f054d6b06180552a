"""The partner feed: a numbered list for each partner, read by cursor, as a stream, or pushed.

Only a service that has partners names `tables.metadata` to its registry.
"""
