"""Figures of call teams by day: waits, answers, handling and occupancy."""
