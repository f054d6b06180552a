"""Journeys as staff find and read them: by code, number or id, with everything that happened."""
