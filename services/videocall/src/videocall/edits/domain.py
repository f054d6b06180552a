"""Kinds of changes that supervisors make."""

from typing import Literal

What = Literal["HOURS", "EXCEPTION_DAY", "PILOT", "OVERFLOW", "AGENT_STATE"]
