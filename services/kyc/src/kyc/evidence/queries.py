"""The papers that an attempt was judged on, opened for a look."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, case, func, select, tuple_

from kit.db import Tx
from kit.sealing import Sealer
from kyc.declarations.domain import DocumentKind
from kyc.journeys.domain import Journey, JourneyClosed
from kyc.sessions.domain import Session
from kyc.sessions.queries import ImageView, session_of
from kyc.sessions.states import EDITABLE, IMAGES, ImageKind, NothingSent, NotPassed, Status
from kyc.tables import attempts, evidence, sessions

Form = dict[str, Any]


@dataclass(frozen=True)
class Papers:
    """The form and the fingerprints of the pictures of one attempt."""

    session_id: UUID
    number: int
    fingerprints: dict[str, str]
    sealed_form: bytes | None
    id_index: str | None
    document_kind: DocumentKind | None
    sealed_reading: bytes | None

    @property
    def sha256(self) -> str:
        """Return one fingerprint over all pictures."""
        return hashlib.sha256(json.dumps(self.fingerprints, sort_keys=True).encode()).hexdigest()

    def form(self, sealer: Sealer) -> Form | None:
        """Open the form; there is none where an attempt was sent before forms were kept."""
        if self.sealed_form is None:
            return None
        opened: Form = sealer.open_json(self.sealed_form, about=f"{self.session_id}:declaration")
        return opened

    def read(self, sealer: Sealer) -> dict[str, str]:
        """Open what mobi eKYC read from the document; nothing where it read nothing."""
        if self.sealed_reading is None:
            return {}
        about = f"{self.session_id}:{self.number}:reading"
        opened: dict[str, str] = sealer.open_json(self.sealed_reading, about=about)
        return opened


class DeclarationView(BaseModel):
    """The form a customer confirms by signing, for the screen and for the signature."""

    form: dict[str, Any]
    declaration: str
    """Signed by kyc; it goes to the activation service with the signature."""


async def passed_session_of(tx: Tx, session_id: UUID, customer_id: UUID) -> tuple[Session, Journey]:
    """Return a customer's session whose newest attempt passed, while its hold lives."""
    session = await session_of(tx, session_id, customer_id)
    journey = await tx.get_one(Journey, session.hold_id)
    if journey.closed:
        raise JourneyClosed(session.hold_id)
    if session.status is not Status.KYC_PASSED:
        raise NotPassed(session.status)
    return session, journey


async def find_papers(tx: Tx, session: Session, number: int | None = None) -> Papers | None:
    """Return the papers of an attempt of a session's hold; of its own newest if none is named."""
    own = (attempts.c.session_id == session.id) & (attempts.c.number == session.attempt)
    named = (sessions.c.hold_id == session.hold_id) & (attempts.c.number == number)
    its = select(
        attempts.c.session_id,
        attempts.c.number,
        attempts.c.evidence,
        _as_sent("declaration"),
        _as_sent("id_index"),
        _as_sent("document_kind"),
        attempts.c.reading,
    )
    sent = its.select_from(attempts.join(sessions)).where(own if number is None else named)
    # Attempts of a hold have had one numbering only since sessions count on from the last.
    newest = sent.order_by(attempts.c.session_id.desc()).limit(1)
    row = (await tx.execute(newest)).one_or_none()
    return Papers(*row) if row else None


def _as_sent(column: str) -> ColumnElement[Any]:
    # Attempts sent by the release before kept no form; as long as nothing else could be declared
    # since, the session still has it.
    fixed = sessions.c.status.not_in((*EDITABLE, Status.CLOSED))
    unchanged = (attempts.c.number == sessions.c.attempt) & fixed
    drafted = case((unchanged, sessions.c[column]))
    return func.coalesce(attempts.c[column], drafted)


async def papers_of(tx: Tx, session: Session, number: int | None = None) -> Papers:
    """Return the papers of an attempt that was sent."""
    if (papers := await find_papers(tx, session, number)) is None:
        raise NothingSent
    return papers


def check_of(session: Session, journey: Journey, papers: Papers) -> dict[str, str | int | None]:
    """Name the check that passed, for those who compare a signature with it (F5a.9, F5b.8)."""
    return {
        "hold_id": str(session.hold_id),
        "customer_id": str(journey.customer_id),
        "number_id": str(journey.number_id) if journey.number_id else None,
        "sim": journey.sim,
        "session_id": str(session.id),
        "attempt": papers.number,
        "sha256": papers.sha256,
    }


async def images_of(tx: Tx, papers: Papers) -> list[ImageView]:
    """Return kind, fingerprint and times of the pictures of an attempt."""
    its = select(*(evidence.c[name] for name in ImageView.model_fields)).where(
        evidence.c.session_id == papers.session_id,
        tuple_(evidence.c.kind, evidence.c.sha256).in_(list(papers.fingerprints.items())),
    )
    shown = {
        row["kind"]: ImageView.model_validate(dict(row))
        for row in (await tx.execute(its)).mappings()
    }
    return [shown[kind] for kind in IMAGES if kind in shown]


async def pictures_of(tx: Tx, papers: Papers, sealer: Sealer) -> dict[str, bytes]:
    """Open the pictures of an attempt."""
    return {
        kind: await _opened(tx, papers, kind, sha256, sealer)
        for kind, sha256 in papers.fingerprints.items()
    }


async def picture_of(tx: Tx, papers: Papers, kind: ImageKind, sealer: Sealer) -> bytes:
    """Open one picture of an attempt."""
    return await _opened(tx, papers, kind, papers.fingerprints.get(kind), sealer)


async def _opened(tx: Tx, papers: Papers, kind: str, sha256: str | None, sealer: Sealer) -> bytes:
    its = select(evidence.c.sealed).where(
        evidence.c.session_id == papers.session_id,
        evidence.c.kind == kind,
        evidence.c.sha256 == sha256,
    )
    if (sealed := await tx.scalar(its)) is None:
        raise NothingSent
    return sealer.open(sealed, about=f"{papers.session_id}:{kind}")
