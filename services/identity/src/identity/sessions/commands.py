"""Starting, refreshing and ending sessions."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import select

from identity.passwords import commands as guesses
from identity.passwords import domain as passwords
from identity.passwords.domain import Guess
from identity.sessions.domain import (
    Credential,
    LoginRefused,
    Refresh,
    RefreshToken,
    Session,
    SessionKind,
    SessionOver,
    digest_of,
    new_secret,
)
from identity.settings import Settings
from identity.tables import refresh_tokens, sessions
from kit.db import Database, Tx
from values.clients import ClientKind

FindCredential = Callable[[Tx], Awaitable[Credential | None]]
"""Looks up a credential and locks its row: a new password and a new session take turns."""


async def sign_in(
    db: Database,
    guess: Guess,
    find: FindCredential,
    password: SecretStr,
    *,
    client: ClientKind,
    settings: Settings,
    now: datetime,
) -> tuple[Session, str]:
    """Open a session for the right password (F1.16); an unknown subject takes just as long."""
    async with db.transaction() as tx:
        known = await find(tx)
    await guesses.count_guess(
        db, guess, known.subject_id if known else None, settings=settings, now=now
    )
    right = await passwords.matches(known.password_hash if known else None, password)
    if known is None or not right:
        raise LoginRefused
    async with db.transaction() as tx:
        # The password was looked at outside of the transaction: it may be another one by now.
        if await find(tx) != known:
            raise LoginRefused
        await guesses.forget_guesses(tx, guess, known.subject_id)
        return await start(
            tx,
            known.subject_id,
            known.kind,
            client=client,
            address=guess.address,
            settings=settings,
            now=now,
        )


async def start(
    tx: Tx,
    subject_id: UUID,
    kind: SessionKind,
    *,
    client: ClientKind,
    address: str,
    settings: Settings,
    now: datetime,
) -> tuple[Session, str]:
    """Open a session (F1.12, F1.18); return it and its first refresh token."""
    session = Session(
        subject_id=subject_id, kind=kind, client=client, address=address, created_at=now
    )
    tx.add(session)
    await tx.flush()
    return session, _next_token(tx, session, settings=settings, now=now)


async def refresh(
    db: Database, secret: str, client: ClientKind | None, *, settings: Settings, now: datetime
) -> tuple[Session, str]:
    """Change a refresh token for the next one. A stolen one ends the session for everybody.

    A browser and the app installed from it share their cookies: whichever asks may name itself.
    """
    async with db.transaction() as tx:
        token, session = await _find(tx, secret)
        grace, day = timedelta(seconds=settings.refresh_grace_seconds), settings.working_day
        verdict = token.present(session, grace=grace, working_day=day, now=now)
        if verdict is Refresh.GRANTED:
            session.client = client or session.client
            return session, _next_token(tx, session, settings=settings, now=now)
        if verdict is Refresh.STOLEN:
            await tx.publish(*filter(None, [session.end("TOKEN_REUSED", now=now)]))
    # Outside of the transaction: the end of a stolen session must not be rolled back.
    raise SessionOver


async def end(tx: Tx, session_id: UUID, *, now: datetime) -> None:
    """Sign out on one device."""
    session = await tx.get(Session, session_id, with_for_update=True)
    if session:
        await tx.publish(*filter(None, [session.end("SIGNED_OUT", now=now)]))


async def end_all(tx: Tx, subject_id: UUID, because: str, *, now: datetime) -> None:
    """Sign a subject out on every device (F2.11)."""
    is_open = sessions.c.ended_at.is_(None)
    running = select(Session).where(sessions.c.subject_id == subject_id, is_open)
    for session in await tx.scalars(running.order_by(sessions.c.id).with_for_update()):
        await tx.publish(*filter(None, [session.end(because, now=now)]))


async def forget(tx: Tx, *, now: datetime) -> int:
    """Drop refresh tokens out of use, and the sessions left without any."""
    tokens = refresh_tokens.delete().where(refresh_tokens.c.expires_at <= now)
    dropped = (await tx.scalars(tokens.returning(refresh_tokens.c.digest))).all()
    living = select(refresh_tokens.c.session_id).where(refresh_tokens.c.session_id == sessions.c.id)
    await tx.execute(sessions.delete().where(~living.exists()))
    return len(dropped)


def _next_token(tx: Tx, session: Session, *, settings: Settings, now: datetime) -> str:
    secret = new_secret()
    lifetime = timedelta(days=settings.refresh_days)
    tx.add(
        RefreshToken(
            digest=digest_of(secret),
            session_id=session.id,
            issued_at=now,
            expires_at=now + lifetime,
        )
    )
    return secret


async def _find(tx: Tx, secret: str) -> tuple[RefreshToken, Session]:
    token = await tx.get(RefreshToken, digest_of(secret))
    if token is None:
        raise SessionOver
    session = await tx.get(Session, token.session_id, with_for_update=True)
    if session is None:
        raise SessionOver
    # Another request may have replaced it while we waited for the session.
    await tx.refresh(token)
    return token, session
