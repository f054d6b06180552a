"""The times of leases, and the sockets that one person may have."""

from datetime import timedelta
from typing import Final

BEAT_SECONDS: Final = 2.0
LEASE: Final = timedelta(seconds=6)
"""A replica that has not beaten for so long is gone, and its sockets with it."""
MOST_SOCKETS: Final = 4
"""Sockets of one person; the newest stay."""
