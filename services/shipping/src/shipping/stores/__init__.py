"""Stores where SIMs are collected: the list that OSP keeps (F3.7, F3.9)."""
