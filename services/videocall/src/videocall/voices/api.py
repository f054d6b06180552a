"""HTTP: a supervisor whispers to an agent, or joins a call (SB.3.3)."""

from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.dependencies import from_app
from kit.http import problems
from videocall.calls.states import CallMoved, NoSuchCall
from videocall.media.domain import (
    BadDescription,
    MediaUnavailable,
    NothingToSeeYet,
    PublishedSince,
)
from videocall.signalling.commands import Published, Signalling
from videocall.signalling.domain import VoiceMode
from videocall.voices import commands

router = APIRouter(prefix="/v1/desk/calls", tags=["supervision"])

Manager = Annotated[Caller, Depends(staff("region_manager"))]
RequestSignalling = Annotated[Signalling, from_app(Signalling)]


class Voice(BaseModel):
    """A supervisor's camera and microphone (VP8 and opus, sendonly), and the audience."""

    mode: VoiceMode
    offer: str = Field(min_length=1, max_length=65_536)


class Heard(BaseModel):
    """The media node's answer, and the recording part that begins with it."""

    peer: str
    answer: str
    part: int

    @classmethod
    def of(cls, published: Published) -> Self:
        """Shape a new connection for the supervisor."""
        connection = published.connection
        return cls(peer=connection.peer, answer=connection.description, part=published.part)


@router.post(
    "/{call_id}/media/voice",
    status_code=201,
    responses=problems(
        CallMoved,
        NoSuchCall,
        NothingToSeeYet,
        BadDescription,
        PublishedSince,
        MediaUnavailable,
        WrongRole,
    ),
)
async def speak(
    call_id: UUID, body: Voice, manager: Manager, signalling: RequestSignalling
) -> Heard:
    """Speak to the agent alone, or join so that both hear and see; recorded as a part."""
    published = await commands.speak(
        signalling, call_id, body.mode, body.offer, manager=manager, now=clock.now()
    )
    return Heard.of(published)


@router.delete(
    "/{call_id}/media/voice",
    status_code=204,
    responses=problems(NoSuchCall, MediaUnavailable, WrongRole),
)
async def fall_silent(call_id: UUID, manager: Manager, signalling: RequestSignalling) -> None:
    """Be heard no more."""
    await commands.fall_silent(signalling, call_id, manager=manager)
