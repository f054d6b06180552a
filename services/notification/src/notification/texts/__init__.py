"""Texts of messages, in Vietnamese or English, from templates."""
