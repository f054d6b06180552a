"""Mail that really arrived. Nothing is deduplicated: the Message-ID tells repeats apart."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit.db import Tx
from simulators.mail.reading import Letter
from simulators.tables import Base


class Mail(Base):
    """A mail in the mailbox."""

    __tablename__ = "mails"

    id: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(index=True)
    sender: Mapped[str]
    recipients: Mapped[list[str]]
    subject: Mapped[str]
    raw: Mapped[bytes]
    received_at: Mapped[datetime]


async def receive(
    tx: Tx, letter: Letter, *, sender: str, recipients: list[str], raw: bytes, now: datetime
) -> Mail:
    """Put a mail into the mailbox."""
    mail = Mail(
        id=str(uuid7()),
        message_id=letter.message_id,
        sender=sender,
        recipients=[recipient.lower() for recipient in recipients],
        subject=letter.subject,
        raw=raw,
        received_at=now,
    )
    tx.add(mail)
    return mail


async def find(tx: Tx, name: str) -> Mail | None:
    """Return a mail by our number for it, or the latest with this Message-ID."""
    named = select(Mail).where((Mail.id == name) | (Mail.message_id == name))
    return (await tx.scalars(named.order_by(Mail.received_at.desc()).limit(1))).one_or_none()


async def latest(tx: Tx, to: str | None, limit: int) -> list[Mail]:
    """Return mails, the latest first."""
    query = select(Mail).order_by(Mail.received_at.desc(), Mail.id.desc()).limit(limit)
    if to is not None:
        query = query.where(Mail.recipients.any_() == to.lower())
    return list(await tx.scalars(query))


async def counts(tx: Tx, ref: str | None) -> dict[str, int]:
    """Count mails; `ref` is an address or a Message-ID."""
    number: Any = select(func.count(Mail.id))
    if ref is not None:
        number = number.where((Mail.recipients.any_() == ref.lower()) | (Mail.message_id == ref))
    return {"mails": int(await tx.scalar(number) or 0)}
