"""The connection queue of mSale and the subscribers of TC/QLKH."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit import clock
from kit.db import Tx
from kit.errors import Conflict, NotFound
from simulators.msale import esim
from simulators.msale.crm import ICCID_LENGTHS, Subscriber
from simulators.phone import e164
from simulators.simulation import Simulation
from simulators.tables import Base, once
from simulators.tasks import Attempt, Task

CONNECT: Final = "msale.connect"
CONNECT_SECONDS: Final = 0.15


class State(StrEnum):
    """The state of a connection (P4.1, P4.2)."""

    QUEUED = "QUEUED"
    CONNECTING = "CONNECTING"
    CONNECTED = "CONNECTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class Connection(Base):
    """A dossier in the queue; `request_id` is the sender's own number for it."""

    __tablename__ = "msale_connections"

    id: Mapped[str] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(unique=True)
    msisdn: Mapped[str] = mapped_column(index=True)
    asked: Mapped[dict[str, Any]]
    state: Mapped[str]
    decision: Mapped[dict[str, Any]]
    officer_id: Mapped[str | None]
    reason_code: Mapped[str | None]
    reason_text: Mapped[str | None]
    created_at: Mapped[datetime]
    connected_at: Mapped[datetime | None]


class Withdrawal(Base):
    """A dossier that its sender wants back, also one that has not arrived yet."""

    __tablename__ = "msale_withdrawals"

    request_id: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]


@dataclass(eq=False)
class NoSuchConnection(NotFound):
    """mSale has no such connection."""

    connection_id: str


@dataclass(eq=False)
class DecidedOtherwise(Conflict):
    """The dossier has been decided already, and differently."""

    connection_id: str
    state: str


@dataclass(eq=False)
class RequestUsedForAnother(Conflict):
    """This request id belongs to another dossier."""

    request_id: str


@dataclass(eq=False)
class NoEsim(Conflict):
    """There is no connected eSIM to issue again."""

    connection_id: str


async def queue(tx: Tx, asked: dict[str, Any], *, now: datetime) -> Connection:
    """Put a dossier into the queue (P4.1); the same request id is the same dossier.

    One that was withdrawn before it arrived is taken in as withdrawn.
    """
    await tx.advisory_lock("msale request", asked["request_id"])
    withdrawn = await tx.get(Withdrawal, asked["request_id"])
    connection, _ = await once(
        tx,
        Connection,
        {"request_id": asked["request_id"]},
        id=str(uuid7()),
        msisdn=asked["msisdn"],
        asked=asked,
        state=State.WITHDRAWN if withdrawn else State.QUEUED,
        decision={},
        created_at=now,
    )
    if connection.asked != asked:
        raise RequestUsedForAnother(asked["request_id"])
    return connection


async def find(tx: Tx, connection_id: str) -> Connection:
    """Return a dossier, locked."""
    connection = await tx.get(Connection, connection_id, with_for_update=True)
    if connection is None:
        raise NoSuchConnection(connection_id)
    return connection


async def decide(
    simulation: Simulation, tx: Tx, connection_id: str, decision: dict[str, Any]
) -> Connection:
    """Take the connection team's decision (P6.1); the same one twice is one."""
    connection = await find(tx, connection_id)
    if connection.decision == decision:
        return connection
    if connection.state != State.QUEUED:
        raise DecidedOtherwise(connection_id, connection.state)
    connection.decision = decision
    connection.officer_id = _officer(simulation, decision["officer_id"])
    if decision["decision"] == "REFUSE":
        connection.reason_code = decision["reason_code"]
        connection.reason_text = decision["reason_text"]
        await _move(simulation, tx, connection, State.REFUSED)
        return connection
    await _move(simulation, tx, connection, State.CONNECTING)
    simulation.tasks.add(
        tx,
        CONNECT,
        lane=f"{CONNECT}:{connection.id}",
        payload={"connection_id": connection.id},
        after_seconds=CONNECT_SECONDS,
    )
    return connection


async def withdraw(
    simulation: Simulation, tx: Tx, request_id: str, *, now: datetime
) -> dict[str, str | None]:
    """Give back a dossier without a decision; return its state, and its id if it arrived."""
    await tx.advisory_lock("msale request", request_id)
    query = select(Connection).where(Connection.request_id == request_id).with_for_update()
    connection = (await tx.scalars(query)).one_or_none()
    if connection is not None and connection.state != State.QUEUED:
        return {"state": connection.state, "connection_id": connection.id}
    await once(tx, Withdrawal, {"request_id": request_id}, asked_at=now)
    if connection is not None:
        await _move(simulation, tx, connection, State.WITHDRAWN)
    return {"state": State.WITHDRAWN, "connection_id": connection.id if connection else None}


async def connect(simulation: Simulation, task: Task) -> Attempt:
    """Carry out a connection (P4.2): TC/QLKH knows the subscriber, an eSIM gets its profile."""
    now = clock.now()
    async with simulation.transaction() as tx:
        connection = await find(tx, task.payload["connection_id"])
        if connection.state != State.CONNECTING:
            return Attempt(done=True)
        if why := simulation.faults.take("msale", "refuse"):
            connection.reason_code = why.value or "CONNECTION_SYSTEM_REFUSED"
            connection.reason_text = "Hệ thống đấu nối từ chối hồ sơ"
            await _move(simulation, tx, connection, State.REFUSED)
            return Attempt(done=True)
        connection.connected_at = now
        tx.add(await _subscriber(tx, connection, now=now))
        await _move(simulation, tx, connection, State.CONNECTED)
    return Attempt(done=True)


async def _subscriber(tx: Tx, connection: Connection, *, now: datetime) -> Subscriber:
    asked = connection.asked
    serial: str | None = asked["sim"]["serial"]
    if asked["sim"]["kind"] == "ESIM":
        iccid = (await esim.issue(tx, connection.id, f"{connection.id}:connected", now=now)).iccid
    else:
        iccid = serial if serial is not None and len(serial) in ICCID_LENGTHS else None
    return Subscriber(
        connection_id=connection.id,
        msisdn=connection.msisdn,
        id_number=str(asked["subscriber"]["id_number"]),
        sim_kind=asked["sim"]["kind"],
        sim_serial=serial,
        iccid=iccid,
        packages=asked["packages"],
        subscriber=asked["subscriber"],
        officer_id=connection.officer_id or "",
        connected_at=now,
    )


def _officer(simulation: Simulation, officer_id: str) -> str:
    wrong = simulation.faults.take("msale", "wrong_officer")
    return (wrong.value or str(uuid7())) if wrong else officer_id


async def _move(simulation: Simulation, tx: Tx, connection: Connection, to: State) -> None:
    connection.state = to
    await tell(simulation, tx, connection)


async def tell(simulation: Simulation, tx: Tx, connection: Connection) -> None:
    """Queue a callback with the state of a connection."""
    message = {
        "connection_id": connection.id,
        "request_id": connection.request_id,
        "state": connection.state,
    }
    await simulation.callbacks.queue(tx, "msale_callback", connection.id, message)


async def reissue(tx: Tx, connection_id: str, key: str | None, *, now: datetime) -> esim.Profile:
    """Give a connected eSIM a new profile (F5b.13 again); one per idempotency key."""
    connection = await find(tx, connection_id)
    if connection.state != State.CONNECTED or connection.asked["sim"]["kind"] != "ESIM":
        raise NoEsim(connection_id)
    profile = await esim.issue(tx, connection.id, f"{connection.id}:{key or uuid7()}", now=now)
    subscriber = await tx.get(Subscriber, connection.id)
    if subscriber is not None:
        subscriber.iccid = profile.iccid
    return profile


async def counts(tx: Tx, ref: str | None) -> dict[str, int]:
    """Count connected subscribers; `ref` is a request id, a connection id or a number."""
    if ref is None:
        connected = await tx.scalar(select(func.count(Subscriber.connection_id)))
        return {"connections": int(connected or 0)} | await esim.counts(tx, None)
    matches = or_(
        Connection.request_id == ref, Connection.id == ref, Connection.msisdn == (e164(ref) or ref)
    )
    ids = list(await tx.scalars(select(Connection.id).where(matches)))
    number = select(func.count(Subscriber.connection_id)).where(Subscriber.connection_id.in_(ids))
    connected = await tx.scalar(number)
    return {"connections": int(connected or 0)} | await esim.counts(tx, ids)
