"""Declarations: the form in which customers say who they are."""
