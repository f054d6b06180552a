"""mSale's interface: queue a dossier, decide on it, ask about it; the SM-DP+ for phones."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import select

from kit import clock
from kit.errors import NotFound
from simulators.msale import esim, store
from simulators.msale.crm import ICCID_LENGTHS, Subscriber
from simulators.phone import e164
from simulators.protocols import protocol
from simulators.simulation import InSimulation, Simulation

router = protocol("msale", "/msale/v1")
crm = protocol("crm", "/crm/v1")
phones = APIRouter(prefix="/msale/smdp", tags=["msale"])

Words = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]


def _must_be_a_number(written: str) -> str:
    number = e164(written)
    if number is None:
        message = "not a Vietnamese phone number"
        raise ValueError(message)
    return number


Msisdn = Annotated[str, AfterValidator(_must_be_a_number)]


class Sim(BaseModel):
    """The card or profile the number goes on."""

    kind: Literal["PHYSICAL", "ESIM"]
    serial: Annotated[str, Field(pattern=r"^[0-9]{10,20}$")] | None = None

    @model_validator(mode="after")
    def _must_be_real(self) -> "Sim":
        if self.kind == "PHYSICAL" and self.serial is None:
            message = "a physical SIM has a serial"
            raise ValueError(message)
        is_full = self.serial is not None and len(self.serial) in ICCID_LENGTHS
        if is_full and not esim.is_luhn(self.serial or ""):
            message = "the check digit of this ICCID is wrong"
            raise ValueError(message)
        return self


class SubscriberIn(BaseModel):
    """The person whom the number will belong to."""

    model_config = ConfigDict(extra="allow")

    full_name: Words
    id_number: Words


class Dossier(BaseModel):
    """The dossier that the connection team decides on (P3.6)."""

    request_id: Words
    msisdn: Msisdn
    sim: Sim
    subscriber: SubscriberIn
    dossier_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    packages: Annotated[list[Words], Field(max_length=50)] = []


class Decision(BaseModel):
    """The decision of the connection team (P6.1)."""

    decision: Literal["CONFIRM", "REFUSE"]
    officer_id: Words
    reason_code: Words | None = None
    reason_text: Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")] | None = None

    @model_validator(mode="after")
    def _refusal_has_a_reason(self) -> "Decision":
        if self.decision == "REFUSE" and self.reason_code is None:
            message = "a refusal needs a reason_code"
            raise ValueError(message)
        return self


class Report(BaseModel):
    """A phone's report about installing a profile."""

    result: Literal["INSTALLED", "FAILED"]
    reason_code: Words = "UNKNOWN"


class NoSuchSubscriber(NotFound):
    """TC/QLKH does not know this number."""


def _described(
    simulation: Simulation, connection: store.Connection, profile: esim.Profile | None
) -> dict[str, Any]:
    return {
        "connection_id": connection.id,
        "request_id": connection.request_id,
        "msisdn": connection.msisdn,
        "state": connection.state,
        "officer_id": connection.officer_id,
        "reason_code": connection.reason_code,
        "reason_text": connection.reason_text,
        "connected_at": connection.connected_at,
        "esim": esim.described(simulation, profile),
    }


@router.post("/connections", status_code=202)
async def queue(simulation: InSimulation, body: Dossier) -> dict[str, str]:
    """Put a dossier into the queue (P4.1)."""
    async with simulation.transaction() as tx:
        connection = await store.queue(tx, body.model_dump(mode="json"), now=clock.now())
        return {
            "connection_id": connection.id,
            "request_id": connection.request_id,
            "state": connection.state,
        }


@router.post("/connections/{connection_id}/decision")
async def decide(simulation: InSimulation, connection_id: str, body: Decision) -> dict[str, Any]:
    """Confirm or refuse a connection (P6.1)."""
    async with simulation.transaction() as tx:
        connection = await store.decide(simulation, tx, connection_id, body.model_dump())
        return _described(simulation, connection, await esim.current(tx, connection.id))


@router.post("/requests/{request_id}/withdrawal")
async def withdraw(
    simulation: InSimulation,
    request_id: Annotated[str, Path(max_length=200, pattern=r"^[^\x00]+$")],
) -> dict[str, str | None]:
    """Give a dossier back, unless the connection team has decided about it (P4.1)."""
    async with simulation.transaction() as tx:
        became = await store.withdraw(simulation, tx, request_id, now=clock.now())
        return {"request_id": request_id} | became


@router.get("/connections/{connection_id}")
async def connection(simulation: InSimulation, connection_id: str) -> dict[str, Any]:
    """Say how far a connection is (F5a.12, F5b.11)."""
    async with simulation.transaction() as tx:
        query = await store.find(tx, connection_id)
        return _described(simulation, query, await esim.current(tx, query.id))


@router.post("/connections/{connection_id}/esim/reissue")
async def reissue(
    simulation: InSimulation,
    connection_id: str,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> dict[str, Any]:
    """Issue a new profile in the place of the old one."""
    async with simulation.transaction() as tx:
        profile = await store.reissue(tx, connection_id, idempotency_key, now=clock.now())
        query = await store.find(tx, connection_id)
        return _described(simulation, query, profile)


@phones.post("/{matching_id}/install")
async def install(simulation: InSimulation, matching_id: str, body: Report) -> dict[str, Any]:
    """Let a phone say that it has installed a profile, or could not (F5b.14)."""
    async with simulation.transaction() as tx:
        profile = await esim.report(
            simulation,
            tx,
            matching_id,
            installed=body.result == "INSTALLED",
            reason_code=body.reason_code,
            now=clock.now(),
        )
        return {"matching_id": matching_id, "iccid": profile.iccid, "state": profile.state}


@crm.get("/subscribers/{msisdn}")
async def subscriber(simulation: InSimulation, msisdn: str) -> dict[str, Any]:
    """Look a number up in TC/QLKH."""
    query = select(Subscriber).where(Subscriber.msisdn == (e164(msisdn) or ""))
    async with simulation.transaction() as tx:
        latest = query.order_by(Subscriber.connected_at.desc()).limit(1)
        row = (await tx.scalars(latest)).one_or_none()
    if row is None:
        raise NoSuchSubscriber
    return _subscriber(row)


@crm.get("/subscribers")
async def subscribers(
    simulation: InSimulation, id_number: Annotated[str, Query(min_length=1, max_length=50)]
) -> dict[str, Any]:
    """Count the numbers of a person in TC/QLKH (K12)."""
    query = select(Subscriber).where(Subscriber.id_number == id_number)
    async with simulation.transaction() as tx:
        rows = list(await tx.scalars(query.order_by(Subscriber.connected_at)))
    numbers = {row.msisdn for row in rows}
    return {"count": len(numbers), "items": [_subscriber(row) for row in rows]}


def _subscriber(row: Subscriber) -> dict[str, Any]:
    return {
        "msisdn": row.msisdn,
        "sim_kind": row.sim_kind,
        "sim_serial": row.sim_serial,
        "iccid": row.iccid,
        "packages": row.packages,
        "subscriber": row.subscriber,
        "officer_id": row.officer_id,
        "connected_at": row.connected_at,
    }
