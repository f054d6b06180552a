"""The root of a day: one fingerprint over the chains of all calls that were decided on it."""
