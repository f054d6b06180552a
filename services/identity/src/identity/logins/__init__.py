"""Signing in, staying signed in and signing out, for customers and staff."""
