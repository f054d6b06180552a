"""Issuing, checking and sending one-time codes."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select

from events.ids import uuid7
from identity.codes.domain import (
    Code,
    Message,
    Origin,
    OtpExpired,
    OtpWrong,
    Purpose,
    ResendTooSoon,
    TooManyCodes,
    TooManyCodesFromHere,
    new_digits,
    sms_text,
)
from identity.codes.gateways import SmsGateway, tasks
from identity.settings import Settings
from identity.tables import codes
from kit.db import Database, Tx
from kit.sealing import Sealer
from kit.tasks import Task

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


async def take_turn(tx: Tx, phone_index: str) -> None:
    """Let one request at a time decide about a phone: its codes and its account."""
    await tx.advisory_lock("phone", phone_index)


async def issue(
    tx: Tx,
    phone: str,
    purpose: Purpose,
    *,
    origin: Origin,
    message: Message = Message.CODE,
    sealer: Sealer,
    settings: Settings,
    now: datetime,
) -> int:
    """Send a phone a code (F1.8, F2.3); return after how many seconds another may be asked for.

    While a code is on its way nothing is sent: that one answers this request too. The caller cannot
    tell a code from another message, nor from none.
    """
    index = sealer.blind_index(phone)
    await take_turn(tx, index)
    newest = await _newest(tx, index, purpose)
    if newest and (rest := newest.rests(settings.resend_pause, now=now)):
        return rest
    if not settings.otp_limits_off:
        await _check_caps(tx, index, origin, owner_of(phone, sealer), settings=settings, now=now)
    # A code that is void before its SMS left must not arrive after the new one.
    unsent = (codes.c.phone_index == index) & codes.c.sealed.is_not(None)
    await tx.execute(codes.update().where(unsent, codes.c.purpose == purpose).values(sealed=None))
    code = _make(phone, index, purpose, message, sealer=sealer, settings=settings, now=now)
    code.origin = origin.fingerprint
    tx.add(code)
    await tasks.add(tx, "send-code", ref=code.id, due_at=now)
    return int(settings.resend_pause.total_seconds())


async def issue_again(
    tx: Tx,
    phone: str,
    purpose: Purpose,
    *,
    origin: Origin,
    message: Message = Message.CODE,
    sealer: Sealer,
    settings: Settings,
    now: datetime,
) -> int:
    """Send another code by request (G13); the one before is void."""
    index = sealer.blind_index(phone)
    await take_turn(tx, index)
    newest = await _newest(tx, index, purpose)
    if newest and (rest := newest.rests(settings.resend_pause, now=now)):
        raise ResendTooSoon(rest)
    return await issue(
        tx,
        phone,
        purpose,
        origin=origin,
        message=message,
        sealer=sealer,
        settings=settings,
        now=now,
    )


async def check(
    tx: Tx,
    phone_index: str,
    purpose: Purpose,
    digits: str,
    *,
    origin: Origin,
    sealer: Sealer,
    settings: Settings,
    now: datetime,
) -> OtpWrong | OtpExpired | None:
    """Check the digits that were entered against the newest code (F1.10, F2.5).

    Raise the answer only after the commit: a wrong try that is rolled back was never counted.
    """
    await take_turn(tx, phone_index)
    newest = await _newest(tx, phone_index, purpose)
    if newest is None:
        return OtpExpired(0)
    digest = _digest(sealer, newest.id.hex, digits)
    return newest.check(digest, origin, tries=settings.otp_tries, now=now)


async def send(
    task: Task, db: Database, *, gateway: SmsGateway, sealer: Sealer, now: datetime
) -> None:
    """Hand a code's SMS to the gateway, unless it came too late to be of use."""
    async with db.transaction() as tx:
        code = await tx.get(Code, task.ref)
    if code and code.sealed and code.is_worth_sending(now=now):
        phone, digits = sealer.open_json(code.sealed, about=str(code.id))
        minutes = round((code.expires_at - code.created_at).total_seconds() / 60)
        text = sms_text(code.message, code.purpose, digits, minutes=minutes)
        await gateway.send(to=phone, text=text, purpose=f"OTP_{code.purpose}", key=task.id)
    async with db.transaction() as tx:
        await task.done(tx, now=now)
        await tx.execute(codes.update().where(codes.c.id == task.ref).values(sealed=None))


async def forget(tx: Tx, *, now: datetime) -> int:
    """Wipe the digits of an SMS that never left, and drop codes that no cap counts any more."""
    late = codes.c.sealed.is_not(None) & (codes.c.expires_at <= now)
    wiped = await tx.scalars(codes.update().where(late).values(sealed=None).returning(codes.c.id))
    old = codes.delete().where(codes.c.created_at < now - 2 * DAY)
    dropped = await tx.scalars(old.returning(codes.c.id))
    return len(wiped.all()) + len(dropped.all())


def _make(
    phone: str,
    index: str,
    purpose: Purpose,
    message: Message,
    *,
    sealer: Sealer,
    settings: Settings,
    now: datetime,
) -> Code:
    code_id, digits = uuid7(), new_digits()
    # Where no code is sent there is none to guess either.
    secret = digits if message is Message.CODE else secrets.token_hex()
    is_sent = message is not Message.NOTHING
    return Code(
        id=code_id,
        phone_index=index,
        purpose=purpose,
        message=message,
        digest=_digest(sealer, code_id.hex, secret),
        sealed=sealer.seal_json([phone, digits], about=str(code_id)) if is_sent else None,
        tries_left=settings.otp_tries_in_all,
        created_at=now,
        expires_at=now + timedelta(seconds=settings.otp_seconds),
    )


def _digest(sealer: Sealer, code_id: str, digits: str) -> str:
    return sealer.blind_index(f"otp:{code_id}:{digits}")


async def _newest(tx: Tx, phone_index: str, purpose: Purpose) -> Code | None:
    sent = select(Code).where(codes.c.phone_index == phone_index, codes.c.purpose == purpose)
    newest = sent.order_by(codes.c.created_at.desc(), codes.c.id.desc()).limit(1)
    return (await tx.scalars(newest.execution_options(populate_existing=True))).one_or_none()


async def _check_caps(
    tx: Tx, phone_index: str, origin: Origin, owner: Origin, *, settings: Settings, now: datetime
) -> None:
    """Refuse a code beyond the caps; strangers use up nothing of the owner's."""
    is_owners = codes.c.origin.is_not_distinct_from(owner.fingerprint)
    to_phone = (codes.c.phone_index == phone_index) & (is_owners if origin.is_owner else ~is_owners)
    for window, cap in ((HOUR, settings.otp_per_hour), (DAY, settings.otp_per_day)):
        if rest := await _rest(tx, to_phone, window, cap, now=now):
            raise TooManyCodes(rest)
    if origin.is_owner:
        return
    await tx.advisory_lock("origin", origin.fingerprint)
    from_here = codes.c.origin == origin.fingerprint
    if rest := await _rest(tx, from_here, HOUR, settings.otp_per_hour_from_here, now=now):
        raise TooManyCodesFromHere(rest)


async def _rest(
    tx: Tx, counted: ColumnElement[bool], window: timedelta, cap: int, *, now: datetime
) -> int:
    recent = counted & (codes.c.created_at > now - window)
    sent, oldest = (
        await tx.execute(select(func.count(), func.min(codes.c.created_at)).where(recent))
    ).one()
    return int((oldest + window - now).total_seconds()) + 1 if sent >= cap else 0


def owner_of(phone: str, sealer: Sealer) -> Origin:
    """Return the origin of codes that the signed-in owner of a phone asks for."""
    return Origin(sealer.blind_index(f"owner:{phone}"), is_owner=True)


def anyone_at(address: str, sealer: Sealer) -> Origin:
    """Return the origin of codes that are asked for from an address, by its owner or a stranger."""
    return Origin(sealer.blind_index(f"address:{address}"))
