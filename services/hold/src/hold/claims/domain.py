"""Claims (P3.3, G06) and look-ups (G11): a code and the phone behind it open a slip."""

from dataclasses import dataclass

from kit.errors import NotFound, TooManyRequests


@dataclass(eq=False)
class NoSuchSlip(NotFound):
    """No slip has this code together with this phone."""


@dataclass(eq=False)
class TooManyAttempts(TooManyRequests):
    """Too many codes were tried; wait a little."""

    retry_after_seconds: int
