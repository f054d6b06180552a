"""Changes of a session: by its customer (F5a.3-F5a.5, F5b.2-F5b.4), by later steps, by its hold."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from events import ConnectionRejected, VideoCallRejected
from kit.db import Tx
from kit.images import Picture
from kit.replication_lag import missing_hold
from kit.sealing import Sealer
from kyc.declarations.domain import Declaration
from kyc.journeys.domain import Journey, NoSuchHold
from kyc.reasons.domain import Repeat
from kyc.sessions.domain import Session
from kyc.sessions.states import ImageKind, NoSuchSession, Status, WrongCaptureTime
from kyc.settings import Settings
from kyc.tables import images, sessions
from values.errors import BadValue
from values.moments import not_in_future


async def open_session(tx: Tx, hold_id: UUID, customer_id: UUID, *, now: datetime) -> Session:
    """Begin the activation of a hold, or go on with the one begun (F5a.1-F5a.3, F5b.1-F5b.2)."""
    journey = await tx.get(Journey, hold_id, with_for_update=True)
    if journey is None:
        raise missing_hold(hold_id, NoSuchHold(hold_id))
    journey.check_owner(customer_id)
    journey.check_ready()
    if session := await open_session_of(tx, hold_id):
        return session
    of_hold = select(func.max(sessions.c.attempt)).where(sessions.c.hold_id == hold_id)
    session, started = Session.open(
        hold_id, customer_id, earlier=await tx.scalar(of_hold) or 0, now=now
    )
    tx.add(session)
    await tx.publish(started)
    return session


async def declare(
    tx: Tx,
    session_id: UUID,
    customer_id: UUID,
    declaration: Declaration,
    *,
    sealer: Sealer,
) -> Session:
    """Keep what the customer says about themselves (F5a.4, F5b.3)."""
    session, _ = await own_session(tx, session_id, customer_id)
    session.declare(
        sealer.seal_json(declaration.as_json(), about=f"{session.id}:declaration"),
        id_index=sealer.blind_index(declaration.id_number),
        document_kind=declaration.document_kind,
    )
    return session


async def keep_image(
    tx: Tx,
    session_id: UUID,
    customer_id: UUID,
    kind: ImageKind,
    picture: Picture,
    *,
    captured_at: datetime,
    means: tuple[Sealer, Settings],
    now: datetime,
) -> datetime:
    """Keep a picture in place of the draft before, sealed (F5a.5, F5b.4); return when taken."""
    sealer, settings = means
    try:
        captured_at = not_in_future(captured_at, now=now)
    except BadValue as error:
        raise WrongCaptureTime(captured_at) from error
    if captured_at < now - settings.captured_within:
        raise WrongCaptureTime(captured_at)
    session, journey = await own_session(tx, session_id, customer_id)
    if kind == "PORTRAIT" and not journey.call_stands_for(session.attempt):
        session.reopen_if_stale(now=now, fresh_for=settings.fresh_for)
    session.take_picture()
    row = {
        "sealed": sealer.seal(picture.jpeg, about=f"{session.id}:{kind}"),
        "sha256": picture.sha256,
        "kept_sha256": picture.kept_sha256,
        "captured_at": captured_at,
        "taken_at": picture.taken_at,
        "received_at": now,
    }
    add = insert(images).values(session_id=session.id, kind=kind, **row)
    await tx.execute(add.on_conflict_do_update(index_elements=["session_id", "kind"], set_=row))
    return captured_at


async def open_session_of(tx: Tx, hold_id: UUID) -> Session | None:
    """Return the session of a hold that is not closed, locked."""
    its = select(Session).where(sessions.c.hold_id == hold_id, sessions.c.status != Status.CLOSED)
    return (await tx.scalars(its.with_for_update())).one_or_none()


async def reopen(tx: Tx, fact: VideoCallRejected | ConnectionRejected, repeat: Repeat) -> None:
    """Go back to the step that the call or the connection found fault with (G26, G32)."""
    if (session := await open_session_of(tx, fact.hold_id)) is None:
        return
    if isinstance(fact, VideoCallRejected) and fact.attempt is not None:
        session.reopen_attempt(fact.attempt, repeat, fact.reason_code)
    else:
        session.reopen(repeat, fact.reason_code, said_at=fact.occurred_at)


async def close_if_over(tx: Tx, journey: Journey) -> None:
    """End the session of a hold that is gone."""
    if journey.closed and (session := await open_session_of(tx, journey.hold_id)):
        session.close()


async def own_session(tx: Tx, session_id: UUID, customer_id: UUID) -> tuple[Session, Journey]:
    """Return a customer's own session, locked; another customer's looks like none at all."""
    session = await tx.get(Session, session_id, with_for_update=True)
    journey = await tx.get(Journey, session.hold_id) if session else None
    if session is None or journey is None or journey.customer_id != customer_id:
        raise NoSuchSession
    return session, journey
