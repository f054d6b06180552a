"""HTTP: the picture and sound of a call, for its customer, its agent and a supervisor."""

from typing import Annotated, Final, Self
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kit import clock
from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.auth import Caller, Customer, WrongRole, staff
from kit.db import Transaction, Tx
from kit.dependencies import from_app
from kit.http import problems
from videocall.accesses.commands import note_access
from videocall.agents.commands import AtDesk, be_seen
from videocall.agents.queries import rings_at
from videocall.calls.commands import call_of_region
from videocall.calls.domain import Call
from videocall.calls.states import IN_HAND, CallMoved, NoSuchCall, NotYourCall
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.media.domain import (
    BadDescription,
    Connection,
    MediaUnavailable,
    NoSuchPeer,
    NothingToSeeYet,
    PublishedSince,
)
from videocall.queue.queries import call_of
from videocall.recordings.domain import Party
from videocall.settings import RequestSettings
from videocall.signalling.commands import Admission, Published, Signalling
from videocall.signalling.queries import MediaView, media_view

router = APIRouter(prefix="/v1/calls", tags=["media"])
desk = APIRouter(prefix="/v1/desk/calls", tags=["media"])

RequestSignalling = Annotated[Signalling, from_app(Signalling)]
CallAgent = Annotated[Caller, Depends(staff("call_agent"))]
Viewer = Annotated[Caller, Depends(staff("call_agent", "region_manager"))]
Description = Annotated[str, Field(min_length=1, max_length=65_536)]
"""A session description (SDP), written by a browser; it is never logged."""
WATCHED: Final = "CALL:WATCH"
"""A supervisor's look at a call, in the access log (LAW19)."""

MOVED = (CallMoved, NoSuchCall)
OFFERED = problems(*MOVED, BadDescription, PublishedSince, MediaUnavailable, WrongRole)
VIEWED = problems(*MOVED, NothingToSeeYet, MediaUnavailable, WrongRole)
ANSWERED = problems(
    *MOVED, NothingToSeeYet, NoSuchPeer, BadDescription, MediaUnavailable, WrongRole
)


class Offer(BaseModel):
    """A client's camera and microphone (VP8 and opus, sendonly)."""

    offer: Description


class Answered(BaseModel):
    """The media node's answer to an offer, and the recording part that begins with it."""

    peer: str
    answer: str
    part: int

    @classmethod
    def of(cls, published: Published) -> Self:
        """Shape a new connection for the party that made it."""
        connection = published.connection
        return cls(peer=connection.peer, answer=connection.description, part=published.part)


class Watch(BaseModel):
    """The parties whom a member of staff wants to see; an agent sees the customer."""

    feeds: list[Party] = Field(default=[Party.CUSTOMER], min_length=1, max_length=2)


class Offered(BaseModel):
    """A media node's offer to a viewer: one stream `feed-<party>` for each party."""

    peer: str
    offer: str

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """Shape a new connection for its viewer."""
        return cls(peer=connection.peer, offer=connection.description)


class Answer(BaseModel):
    """The viewer's answer to an offer."""

    answer: Description


def _of_customer(call_id: UUID, customer: Caller) -> Admission:
    async def admit(tx: Tx) -> Call:
        return await call_of(tx, call_id, customer.subject_id)

    return admit


def _of_agent(call_id: UUID, agent: Caller) -> Admission:
    async def admit(tx: Tx) -> Call:
        await be_seen(tx, agent, now=clock.now())
        return await _at_own_desk(tx, call_id, agent)

    return admit


async def _at_own_desk(tx: Tx, call_id: UUID, agent: Caller) -> Call:
    """Return a call that rings at an agent's desk or is in hand.

    It is not locked: an accept waits for none of the requests that connect the agent meanwhile.
    """
    call, _ = await call_of_region(tx, call_id, agent, lock=False)
    if not await rings_at(tx, call_id, agent.subject_id):
        call.check_in_hand(agent.subject_id)
    return call


def _of_viewer(call_id: UUID, viewer: Caller, *, noted: bool) -> Admission:
    """Admit the call's agent, or a supervisor of its region, whose look is written down."""
    if "region_manager" not in viewer.roles:
        return _of_agent(call_id, viewer)

    async def admit(tx: Tx) -> Call:
        call, _ = await call_of_region(tx, call_id, viewer)
        if call.status not in IN_HAND:
            raise CallMoved(call.id, call.status)
        if noted:
            now = clock.now()
            await note_access(tx, call.hold_id, viewer, WATCHED, now=now)
            body = {"watched_by": viewer.subject_id}
            await append(tx, call.id, EventKind.WATCHED, body, at=now)
        return call

    return admit


@router.post("/{call_id}/media", status_code=201, responses=problems(ActivationChannel) | OFFERED)
async def publish(
    call_id: UUID, body: Offer, customer: ActivatingCustomer, signalling: RequestSignalling
) -> Answered:
    """Send the customer's picture and sound; said again, a new part begins and the old one ends."""
    admit = _of_customer(call_id, customer)
    published = await signalling.publish(admit, Party.CUSTOMER, body.offer, now=clock.now())
    return Answered.of(published)


@router.get("/{call_id}/media", responses=problems(NoSuchCall))
async def read_media(
    call_id: UUID, customer: Customer, tx: Transaction, settings: RequestSettings
) -> MediaView:
    """Show who can be seen and how the recording stands; asked every second."""
    await call_of(tx, call_id, customer.subject_id)
    return await media_view(tx, call_id, Party.CUSTOMER, settings=settings, now=clock.now())


@router.post("/{call_id}/media/views", status_code=201, responses=VIEWED)
async def view(
    call_id: UUID, customer: ActivatingCustomer, signalling: RequestSignalling
) -> Offered:
    """Ask for the agent's picture and sound; a view asked for again replaces the one before."""
    admit = _of_customer(call_id, customer)
    return Offered.of(
        await signalling.view(admit, Party.CUSTOMER, [Party.AGENT], hears_supervisor=True)
    )


@router.post("/{call_id}/media/views/{peer}/answer", status_code=204, responses=ANSWERED)
async def answer(
    call_id: UUID,
    peer: UUID,
    body: Answer,
    customer: ActivatingCustomer,
    signalling: RequestSignalling,
) -> None:
    """Answer the offer of a view."""
    await signalling.answer(_of_customer(call_id, customer), str(peer), body.answer)


@desk.post("/{call_id}/media", status_code=201, responses=problems(NotYourCall) | OFFERED)
async def publish_agent(
    call_id: UUID, body: Offer, agent: CallAgent, signalling: RequestSignalling
) -> Answered:
    """Send the agent's picture and sound; said again, a new part begins and the old one ends."""
    admit = _of_agent(call_id, agent)
    published = await signalling.publish(admit, Party.AGENT, body.offer, now=clock.now())
    return Answered.of(published)


@desk.get("/{call_id}/media", responses=problems(NoSuchCall, NotYourCall, WrongRole))
async def read_media_at_desk(
    call_id: UUID, agent: AtDesk, tx: Transaction, settings: RequestSettings
) -> MediaView:
    """Show who can be seen and how the recording stands; asked every second."""
    await _at_own_desk(tx, call_id, agent)
    return await media_view(tx, call_id, Party.AGENT, settings=settings, now=clock.now())


@desk.post("/{call_id}/media/views", status_code=201, responses=problems(NotYourCall) | VIEWED)
async def view_at_desk(
    call_id: UUID, viewer: Viewer, signalling: RequestSignalling, body: Watch | None = None
) -> Offered:
    """Ask for the customer's picture and sound; a supervisor of the region may ask for both."""
    admit = _of_viewer(call_id, viewer, noted=True)
    feeds = (body or Watch()).feeds
    return Offered.of(
        await signalling.view(
            admit,
            str(viewer.subject_id),
            feeds,
            hears_supervisor="region_manager" not in viewer.roles,
        )
    )


@desk.post(
    "/{call_id}/media/views/{peer}/answer",
    status_code=204,
    responses=problems(NotYourCall) | ANSWERED,
)
async def answer_at_desk(
    call_id: UUID, peer: UUID, body: Answer, viewer: Viewer, signalling: RequestSignalling
) -> None:
    """Answer the offer of a view."""
    admit = _of_viewer(call_id, viewer, noted=False)
    await signalling.answer(admit, str(peer), body.answer)
