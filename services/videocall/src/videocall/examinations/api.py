"""HTTP: the agent sets challenges, asks for photos, and judges both (P5.1)."""

from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import WrongRole
from kit.db import Transaction, Tx
from kit.http import problems
from videocall.agents.commands import AtDesk
from videocall.calls.states import CallMoved, NoSuchCall, NotYourCall, PhotoKind
from videocall.challenges.domain import ChallengeDecided, NoSuchChallenge, NothingFailed, Result
from videocall.challenges.queries import ChallengeView, challenges_of
from videocall.examinations import commands
from videocall.photos.domain import Hint, NotAcceptable
from videocall.photos.queries import PhotoView, RequestView, asked_photo, takes_of

router = APIRouter(prefix="/v1/desk/calls", tags=["examinations"])

MOVED = (NoSuchCall, NotYourCall, CallMoved, WrongRole)
JUDGED = problems(NoSuchChallenge, ChallengeDecided, *MOVED)


class Judgement(BaseModel):
    """An agent's word about what the customer did."""

    result: Result


class Challenges(BaseModel):
    """The challenges that count for a call, in the order in which they are set."""

    items: list[ChallengeView]

    @classmethod
    async def of(cls, tx: Tx, call_id: UUID) -> Self:
        """Shape the challenges of a call for its agent."""
        drawn = await challenges_of(tx, call_id)
        return cls(items=[ChallengeView.model_validate(challenge) for challenge in drawn])


class Ask(BaseModel):
    """A request for a photo, and what was wrong with the one before."""

    hint: Hint | None = None


class Accepted(BaseModel):
    """The take that will do."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Photos(BaseModel):
    """The takes of a call, and the photo that its customer's app is asked for."""

    items: list[PhotoView]
    request: RequestView | None

    @classmethod
    async def of(cls, tx: Tx, call_id: UUID) -> Self:
        """Shape the photos of a call for its agent."""
        takes = [PhotoView.model_validate(take._asdict()) for take in await takes_of(tx, call_id)]
        return cls(items=takes, request=await asked_photo(tx, call_id, now=clock.now()))


@router.post(
    "/{call_id}/challenges",
    status_code=201,
    responses=problems(NothingFailed, *MOVED),
)
async def draw_again(call_id: UUID, agent: AtDesk, tx: Transaction) -> Challenges:
    """Draw three other challenges after one has failed; all of them are to be met."""
    call = await commands.draw_again(tx, call_id, agent=agent, now=clock.now())
    return await Challenges.of(tx, call.id)


@router.post("/{call_id}/challenges/{challenge_id}/issue", responses=JUDGED)
async def issue(call_id: UUID, challenge_id: UUID, agent: AtDesk, tx: Transaction) -> Challenges:
    """Set a challenge: the customer's screen shows it from now on."""
    call = await commands.issue(tx, call_id, challenge_id, agent=agent, now=clock.now())
    return await Challenges.of(tx, call.id)


@router.post("/{call_id}/challenges/{challenge_id}/result", responses=JUDGED)
async def decide(
    call_id: UUID, challenge_id: UUID, body: Judgement, agent: AtDesk, tx: Transaction
) -> Challenges:
    """Say whether the customer met a challenge; an approval needs all three."""
    call = await commands.decide(
        tx, call_id, challenge_id, body.result, agent=agent, now=clock.now()
    )
    return await Challenges.of(tx, call.id)


@router.post(
    "/{call_id}/photos/{kind}/request",
    status_code=201,
    responses=problems(*MOVED),
)
async def ask(call_id: UUID, kind: PhotoKind, body: Ask, agent: AtDesk, tx: Transaction) -> Photos:
    """Ask the customer's app for a photo; it has a minute, and the request before is over."""
    call = await commands.ask(tx, call_id, kind, body.hint, agent=agent, now=clock.now())
    return await Photos.of(tx, call.id)


@router.post(
    "/{call_id}/photos/{kind}/accept",
    responses=problems(NotAcceptable, *MOVED),
)
async def accept(
    call_id: UUID, kind: PhotoKind, body: Accepted, agent: AtDesk, tx: Transaction
) -> Photos:
    """Say that a take will do; an approval needs one of each needed kind."""
    call = await commands.accept(tx, call_id, kind, body.sha256, agent=agent, now=clock.now())
    return await Photos.of(tx, call.id)
