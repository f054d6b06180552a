"""The outcome of an audit of one decided call (four eyes; domain rules, part 13)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from kit.errors import Conflict, Refused

Finding = Literal["CONFIRMED", "DOUBTED"]
DrawnFor = Literal["SHARE", "NEW_AGENT", "FACE"]
"""Why a decision is audited: by lot, for the agent is new, for the face was left to the agent."""


@dataclass(frozen=True)
class Sampling:
    """The decisions that are audited besides those about a doubtful face."""

    share: float
    """Of each agent's decisions of a day, at least one."""
    first: int
    """The number of an agent's first decisions that are all audited."""


@dataclass(kw_only=True, eq=False)
class Audit:
    """An auditor's word about a call, said once and never changed."""

    call_id: UUID
    finding: Finding
    note: bytes | None
    """Sealed."""
    audited_by: UUID
    audited_at: datetime


@dataclass(eq=False)
class AlreadyAudited(Conflict):
    """This call has been audited: by somebody else, or otherwise by you."""

    call_id: UUID
    audited_by: UUID
    audited_at: datetime


@dataclass(eq=False)
class NotDecided(Conflict):
    """Nobody has decided in this call: there is nothing to audit."""

    call_id: UUID


@dataclass(eq=False)
class OwnDecision(Refused):
    """This is your own decision: a colleague audits it."""

    call_id: UUID
