"""mobi eKYC's interface: verify a customer; say who is in the national database."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field

from kit import clock
from kit.errors import Conflict, Invalid, Unauthenticated
from simulators.ekyc import images, store
from simulators.ekyc.decide import Evidence
from simulators.ekyc.images import Card, NotAPicture, Portrait, Printed, Text
from simulators.protocols import protocol
from simulators.settings import revealed
from simulators.simulation import InSimulation, Simulation

router = protocol("ekyc", "/ekyc/v1")
registry = APIRouter(prefix="/ekyc/v1", tags=["ekyc"])

Base64 = Annotated[str, Field(max_length=images.MOST_BYTES * 4 // 3 + 100)]
Key = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]


class Request(BaseModel):
    """A customer's declaration with the pictures that prove it."""

    request_id: Key
    document_kind: Key
    front: Base64
    back: Base64
    portrait: Base64
    declared: Printed


class PersonIn(BaseModel):
    """A person to be put into the national database."""

    id_number: Annotated[str, Field(pattern=r"^[0-9]{12}$")]
    full_name: Text
    date_of_birth: date | None = None
    sex: Text = ""
    is_suspect: bool = False


class WrongApiKey(Unauthenticated):
    """The API key is missing or wrong."""


@dataclass(eq=False)
class BadImage(Invalid):
    """This is not a JPEG picture of at most 8 MB."""

    image: str


@dataclass(eq=False)
class KeyUsedForAnother(Conflict):
    """This idempotency key belongs to another request."""

    idempotency_key: str


def _check_key(simulation: Simulation, key: str | None) -> None:
    expected = revealed(simulation.settings.ekyc_api_key)
    if expected is not None and key != expected:
        raise WrongApiKey


def _picture(name: str, written: str) -> bytes:
    try:
        return images.decode(written)
    except NotAPicture as error:
        raise BadImage(name) from error


def _evidence(body: Request, *, believing: bool) -> Evidence:
    """Look at the pictures; believing, take those of a real camera for what was declared."""
    front, back = _picture("front", body.front), _picture("back", body.back)
    portrait, declared = _picture("portrait", body.portrait), body.declared
    seen = Evidence(
        document_kind=body.document_kind,
        front=images.look(front, Card),
        back=images.look(back, Card),
        portrait=images.look(portrait, Portrait),
        declared=declared,
    )
    if not believing:
        return seen
    holder = Portrait(face_of=declared.id_number)
    return replace(
        seen,
        front=seen.front if images.is_specimen(front) else Card(printed=declared, side="FRONT"),
        back=seen.back if images.is_specimen(back) else Card(printed=declared, side="BACK"),
        portrait=seen.portrait if images.is_specimen(portrait) else holder,
    )


@router.post("/verifications")
async def verify(
    simulation: InSimulation,
    body: Request,
    x_api_key: Annotated[str | None, Header()] = None,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> dict[str, Any]:
    """Verify a customer (F5a.7, F5b.6); the same key gets the same answer."""
    _check_key(simulation, x_api_key)
    key = idempotency_key or body.request_id
    fingerprint = hashlib.sha256(body.model_dump_json().encode()).hexdigest()
    evidence = _evidence(body, believing=simulation.autopilot.on)
    async with simulation.transaction() as tx:
        verification = await store.find(tx, key) or await store.verify(
            simulation,
            tx,
            evidence,
            idempotency_key=key,
            fingerprint=fingerprint,
            request_id=body.request_id,
            now=clock.now(),
        )
    if verification.fingerprint != fingerprint:
        raise KeyUsedForAnother(key)
    return verification.answer


@registry.post("/registry")
async def register(simulation: InSimulation, body: PersonIn) -> PersonIn:
    """Put a person into the national database."""
    async with simulation.transaction() as tx:
        await store.register(tx, body.model_dump())
    return body
