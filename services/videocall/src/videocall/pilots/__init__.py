"""The pilot: where customers call by video, and who answers elsewhere (G40)."""
