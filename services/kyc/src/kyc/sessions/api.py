"""The customer's own session (F5a.3-F5a.7, F5b.2-F5b.6)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field

from kit import clock
from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.auth import Customer
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.images import NotAPicture, PictureBody
from kit.replication_lag import HoldNotReplicated
from kyc.declarations.domain import DeclarationWrong, read_declaration
from kyc.journeys.domain import JourneyClosed, NoSuchHold, NotReady
from kyc.sessions import commands, queries
from kyc.sessions.queries import SessionView
from kyc.sessions.states import ImageKind, NoSuchSession, SessionMoved, WrongCaptureTime
from kyc.settings import RequestSettings
from values.clients import ClientKind
from values.moments import Moment

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])
activation_channels = APIRouter(prefix="/v1/activation-channels", tags=["activation channels"])

Typed = Annotated[str, Field(max_length=300)]


class ActivationChannels(BaseModel):
    """The clients in which customers may activate (LAW01, SYS02)."""

    channels: list[ClientKind]


class OpenSession(BaseModel):
    """The hold whose number is to be activated."""

    hold_id: UUID


class DeclarationForm(BaseModel):
    """The form as it was typed. Every field is judged, so that one answer names all mistakes."""

    full_name: Typed = ""
    date_of_birth: Typed = Field("", description="ISO date", examples=["1999-03-15"])
    sex: Typed = Field("", description="MALE or FEMALE")
    id_number: Typed = Field("", description="Twelve digits")
    nationality: Typed = Field("VNM", description="ISO 3166, three letters")
    address: Typed = ""
    ward_code: Typed = Field("", description="Five digits, of a ward that exists")
    document_kind: Typed = Field("", description="CC, CCCD_CHIP or CCCD_NOCHIP")
    issued_on: Typed | None = Field(None, description="ISO date")


class ImageKept(BaseModel):
    """A picture that was kept."""

    kind: ImageKind
    sha256: str
    captured_at: Moment
    taken_at: Moment | None
    """By the camera's clock, where it noted that."""


@activation_channels.get("", summary="Clients in which customers may activate")
async def read_activation_channels(settings: RequestSettings) -> ActivationChannels:
    """Tell a client before its customer begins whether to lead to the installed app (LAW01)."""
    return ActivationChannels(channels=sorted(settings.activation_channels))


@router.post(
    "",
    status_code=201,
    responses=problems(ActivationChannel, NoSuchHold, HoldNotReplicated, NotReady, JourneyClosed),
)
async def open_session(
    body: OpenSession, customer: ActivatingCustomer, tx: Transaction, settings: RequestSettings
) -> SessionView:
    """Begin the activation of a hold, or go on with the one begun (F5a.3, F5b.2)."""
    session = await commands.open_session(
        tx,
        body.hold_id,
        customer.subject_id,
        now=clock.now(),
    )
    return await queries.view(tx, session, settings, now=clock.now())


@router.get("/by-hold/{hold_id}", responses=problems(NoSuchHold, NoSuchSession))
async def read_session_of_hold(
    hold_id: UUID, customer: Customer, tx: Transaction, settings: RequestSettings
) -> SessionView:
    """Show the session of one of the caller's holds."""
    session = await queries.session_by_hold(tx, hold_id, customer.subject_id)
    return await queries.view(tx, session, settings, now=clock.now())


@router.get("/{session_id}", responses=problems(NoSuchSession))
async def read_session(
    session_id: UUID, customer: Customer, tx: Transaction, settings: RequestSettings
) -> SessionView:
    """Show where a session stands: verdict per field, reasons, attempts left."""
    session = await queries.session_of(tx, session_id, customer.subject_id)
    return await queries.view(tx, session, settings, now=clock.now())


@router.put(
    "/{session_id}/declaration",
    responses=problems(ActivationChannel, NoSuchSession, SessionMoved, DeclarationWrong),
)
async def declare(
    session_id: UUID,
    body: DeclarationForm,
    customer: ActivatingCustomer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> SessionView:
    """Keep what the customer says about themselves (F5a.4, F5b.3)."""
    today = clock.now().astimezone(clock.VIETNAM).date()
    declaration = read_declaration(body.model_dump(), today=today, minimum_age=settings.minimum_age)
    session = await commands.declare(
        tx, session_id, customer.subject_id, declaration, sealer=sealer
    )
    return await queries.view(tx, session, settings, now=clock.now())


@router.put(
    "/{session_id}/images/{kind}",
    responses=problems(
        ActivationChannel, NoSuchSession, SessionMoved, NotAPicture, WrongCaptureTime
    ),
)
async def keep_image(
    session_id: UUID,
    kind: ImageKind,
    picture: PictureBody,
    captured_at: Annotated[Moment, Header(alias="X-Captured-At")],
    customer: ActivatingCustomer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> ImageKept:
    """Keep a picture of the document or of the face (F5a.5, F5b.4)."""
    kept_as_of = await commands.keep_image(
        tx,
        session_id,
        customer.subject_id,
        kind,
        picture,
        captured_at=captured_at,
        means=(sealer, settings),
        now=clock.now(),
    )
    return ImageKept(
        kind=kind, sha256=picture.sha256, captured_at=kept_as_of, taken_at=picture.taken_at
    )
