"""Sessions and their tokens: opened, refreshed, ended, forgotten."""
