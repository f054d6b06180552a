"""Journeys as far as messages about them need: hold code, kind of SIM, number, customer."""
