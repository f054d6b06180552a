"""The programs that people sign in with."""

from typing import Literal

ClientKind = Literal["app", "browser"]
"""The operator's app, installed on the device, or a tab of a browser."""
