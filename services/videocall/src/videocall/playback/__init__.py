"""Playback: a call's recording, opened for those who audit it, and its events on one time line."""
