"""Calls at once on one media node, until it keeps a core busy or loses pictures."""
