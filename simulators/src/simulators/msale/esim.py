"""eSIM profiles at the SM-DP+: issued, installed by a phone, issued again."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, Identity, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit.clock import VIETNAM
from kit.db import Tx
from kit.errors import Conflict, NotFound
from simulators.simulation import Simulation
from simulators.tables import Base

_ISSUER: Final = "898401"  # telecom, Vietnam, MobiFone
_ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class ProfileState(StrEnum):
    """The state of a profile at the SM-DP+."""

    RELEASED = "RELEASED"
    INSTALLED = "INSTALLED"
    REVOKED = "REVOKED"


class Profile(Base):
    """An eSIM profile that one phone can install."""

    __tablename__ = "esim_profiles"

    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    matching_id: Mapped[str] = mapped_column(unique=True)
    iccid: Mapped[str | None] = mapped_column(unique=True)
    connection_id: Mapped[str] = mapped_column(index=True)
    issue_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    last_report: Mapped[str]
    created_at: Mapped[datetime]


@dataclass(eq=False)
class NoSuchProfile(NotFound):
    """The SM-DP+ knows no profile with this matching id."""

    matching_id: str


@dataclass(eq=False)
class CodeUsed(Conflict):
    """This profile is on a phone already, or has been replaced."""

    matching_id: str
    reason_code: str


def with_check_digit(digits: str) -> str:
    """Add the Luhn digit that ends an ICCID."""
    return digits + str(-_luhn_sum(digits + "0") % 10)


def is_luhn(digits: str) -> bool:
    """Check the last digit of an ICCID."""
    return _luhn_sum(digits) % 10 == 0


def _luhn_sum(digits: str) -> int:
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled)  # noqa: PLR2004, the sum of two digits


def new_matching_id() -> str:
    """Return a new code that cannot be guessed."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(["CS", *(letters[i : i + 4] for i in range(0, 16, 4))])


async def issue(tx: Tx, connection_id: str, issue_key: str, *, now: datetime) -> Profile:
    """Release a profile; whatever was released before can no longer be installed."""
    before = select(Profile).where(Profile.issue_key == issue_key)
    if (profile := (await tx.scalars(before)).one_or_none()) is not None:
        return profile
    older = update(Profile).where(Profile.connection_id == connection_id)
    await tx.execute(older.values(state=ProfileState.REVOKED))
    profile = Profile(
        matching_id=new_matching_id(),
        iccid=None,
        connection_id=connection_id,
        issue_key=issue_key,
        state=ProfileState.RELEASED,
        last_report="",
        created_at=now,
    )
    tx.add(profile)
    await tx.flush()
    profile.iccid = with_check_digit(f"{_ISSUER}{now.astimezone(VIETNAM):%y}{profile.number:011d}")
    await tx.flush()
    return profile


async def current(tx: Tx, connection_id: str) -> Profile | None:
    """Return the profile of a connection that counts now."""
    latest = select(Profile).where(Profile.connection_id == connection_id)
    return (await tx.scalars(latest.order_by(Profile.number.desc()).limit(1))).one_or_none()


def described(simulation: Simulation, profile: Profile | None) -> dict[str, Any] | None:
    """Return the LPA activation code for the customer's phone."""
    if profile is None:
        return None
    smdp = simulation.settings.smdp_address
    odd = simulation.faults.take("msale", "odd_esim_code")
    code = f"LPA:1${smdp}${profile.matching_id}"
    return {
        "smdp": smdp,
        "matching_id": profile.matching_id,
        "activation_code": odd.value if odd and odd.value else code,
        "iccid": profile.iccid,
        "state": profile.state,
    }


async def report(
    simulation: Simulation,
    tx: Tx,
    matching_id: str,
    *,
    installed: bool,
    reason_code: str,
    now: datetime,
) -> Profile:
    """Take a phone's report; a failed installation may be tried again with the same code."""
    query = select(Profile).where(Profile.matching_id == matching_id).with_for_update()
    profile = (await tx.scalars(query)).one_or_none()
    if profile is None:
        raise NoSuchProfile(matching_id)
    if profile.state == ProfileState.REVOKED:
        raise CodeUsed(matching_id, "CODE_EXPIRED")
    if profile.state == ProfileState.INSTALLED:
        raise CodeUsed(matching_id, "CODE_USED")
    profile.last_report = "INSTALLED" if installed else f"FAILED {reason_code}"
    if installed:
        profile.state = ProfileState.INSTALLED
    message = {
        "notification_id": str(uuid7()),
        "matching_id": matching_id,
        "iccid": profile.iccid,
        "connection_id": profile.connection_id,
        "result": "INSTALLED" if installed else "FAILED",
        "reason_code": None if installed else reason_code,
        "at": now.isoformat(),
    }
    await simulation.callbacks.queue(tx, "smdp_notification", matching_id, message)
    return profile


async def counts(tx: Tx, connection_ids: list[str] | None) -> dict[str, int]:
    """Count profiles that were issued, and that are on a phone."""
    issued: Any = select(func.count(Profile.number))
    if connection_ids is not None:
        issued = issued.where(Profile.connection_id.in_(connection_ids))
    installed = issued.where(Profile.state == ProfileState.INSTALLED)
    return {
        "esim_profiles": int(await tx.scalar(issued) or 0),
        "esim_installed": int(await tx.scalar(installed) or 0),
    }
