"""Packages a subscriber can buy or be given, and the promotions that grant them (SB.6, SB.7)."""
