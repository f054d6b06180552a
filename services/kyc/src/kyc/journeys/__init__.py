"""Journeys: a hold as kyc knows it by the facts of other services."""
