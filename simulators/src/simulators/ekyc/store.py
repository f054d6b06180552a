"""Verifications that were asked for, and the national database of people."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit.clock import VIETNAM
from kit.db import Tx
from simulators.ekyc.decide import Evidence, Registered, judge, looks_right
from simulators.ekyc.images import Printed
from simulators.simulation import Simulation
from simulators.tables import Base, once


class Person(Base):
    """A person in the national database."""

    __tablename__ = "ekyc_registry"

    id_number: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    date_of_birth: Mapped[date | None]
    sex: Mapped[str]
    is_suspect: Mapped[bool]

    @property
    def as_printed(self) -> Printed:
        """The person as a card would show them."""
        return Printed(
            id_number=self.id_number,
            full_name=self.full_name,
            date_of_birth=self.date_of_birth,
            sex=self.sex,
        )


class Verification(Base):
    """A final answer, kept so that the same request gets the same one."""

    __tablename__ = "ekyc_verifications"

    id: Mapped[str] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str]
    request_id: Mapped[str]
    id_number: Mapped[str]
    answer: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


async def register(tx: Tx, person: Mapping[str, Any]) -> None:
    """Put a person into the national database, or correct the entry."""
    values = dict(person)
    columns = {name: value for name, value in values.items() if name != "id_number"}
    add = insert(Person).values(**values)
    await tx.execute(add.on_conflict_do_update(index_elements=["id_number"], set_=columns))


async def find(tx: Tx, idempotency_key: str) -> Verification | None:
    """Return the answer that was given before."""
    query = select(Verification).where(Verification.idempotency_key == idempotency_key)
    return (await tx.scalars(query)).one_or_none()


async def verify(
    simulation: Simulation,
    tx: Tx,
    evidence: Evidence,
    *,
    idempotency_key: str,
    fingerprint: str,
    request_id: str,
    now: datetime,
) -> Verification:
    """Judge, and keep the answer (F5a.7, F5b.6)."""
    today = now.astimezone(VIETNAM).date()
    registered = await _look_up(simulation, tx, evidence, today=today)
    verdict = judge(evidence, registered, today)
    printed = evidence.front.printed if evidence.front else Printed()
    facts = {
        "fingerprint": fingerprint,
        "request_id": request_id,
        "id_number": printed.id_number,
        "created_at": now,
    }
    verification_id = str(uuid7())
    answer = {
        "verification_id": verification_id,
        "request_id": request_id,
        "result": verdict.result,
        "fields": verdict.fields,
        "liveness": verdict.liveness,
        "reasons": verdict.reasons,
        "captured": printed.model_dump(mode="json"),
    }
    if not registered.is_available:
        # Not a final answer: the same request, sent again, is judged again.
        return Verification(
            id=verification_id, idempotency_key=idempotency_key, answer=answer, **facts
        )
    verification, _ = await once(
        tx,
        Verification,
        {"idempotency_key": idempotency_key},
        id=verification_id,
        answer=answer,
        **facts,
    )
    return verification


async def _look_up(
    simulation: Simulation, tx: Tx, evidence: Evidence, *, today: date
) -> Registered:
    if simulation.faults.take("ekyc", "registry_down"):
        return Registered(is_available=False)
    if evidence.front is None or not looks_right(evidence, today):
        return Registered(is_available=True)
    printed = evidence.front.printed
    person, _ = await once(
        tx,
        Person,
        {"id_number": printed.id_number},
        full_name=printed.full_name,
        date_of_birth=printed.date_of_birth,
        sex=printed.sex,
        is_suspect=False,
    )
    return Registered(is_available=True, person=person.as_printed, is_suspect=person.is_suspect)


async def counts(tx: Tx, ref: str | None) -> dict[str, int]:
    """Count final verifications; `ref` is a request, an idempotency key or an id number."""
    number: Any = select(func.count(Verification.id))
    if ref is not None:
        number = number.where(
            or_(
                Verification.request_id == ref,
                Verification.idempotency_key == ref,
                Verification.id_number == ref,
            )
        )
    return {"ekyc_verifications": int(await tx.scalar(number) or 0)}
