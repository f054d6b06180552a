"""Which identity check a person was compared with."""
