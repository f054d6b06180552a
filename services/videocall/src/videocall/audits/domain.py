"""The outcome of an audit of one decided call (four eyes; domain rules, part 13)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from kit.errors import Conflict, Refused

Finding = Literal["CONFIRMED", "DOUBTED"]


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
