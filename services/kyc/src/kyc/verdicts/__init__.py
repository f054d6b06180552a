"""Verdicts: questions to mobi eKYC, its answers, and their consequences."""
