"""Messages that were really sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit.db import Tx
from kit.errors import Conflict
from simulators.phone import e164
from simulators.tables import Base, once


class Sms(Base):
    """A message on a phone."""

    __tablename__ = "sms_messages"

    id: Mapped[str] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    purpose: Mapped[str]
    sent_at: Mapped[datetime]


@dataclass(eq=False)
class KeyUsedForAnother(Conflict):
    """This idempotency key belongs to another message."""

    idempotency_key: str


async def send(tx: Tx, key: str | None, *, to: str, text: str, purpose: str, now: datetime) -> Sms:
    """Send a message; the same key is the same message."""
    natural_key = key if key is not None else f"none:{uuid7()}"
    sms, _ = await once(
        tx,
        Sms,
        {"idempotency_key": natural_key},
        id=str(uuid7()),
        to=to,
        text=text,
        purpose=purpose,
        sent_at=now,
    )
    if (sms.to, sms.text) != (to, text):
        raise KeyUsedForAnother(natural_key)
    return sms


async def latest(tx: Tx, to: str | None, limit: int) -> list[Sms]:
    """Return messages, the latest first."""
    query = select(Sms).order_by(Sms.sent_at.desc(), Sms.id.desc()).limit(limit)
    return list(await tx.scalars(query if to is None else query.where(Sms.to == to)))


async def counts(tx: Tx, ref: str | None) -> dict[str, int]:
    """Count messages; `ref` is a phone number or an idempotency key."""
    number: Any = select(func.count(Sms.id))
    if ref is not None:
        number = number.where((Sms.to == (e164(ref) or ref)) | (Sms.idempotency_key == ref))
    return {"sms": int(await tx.scalar(number) or 0)}
