"""The picture and sound of a call, as its clients need to know them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from kit.db import Tx
from videocall.media.queries import session_of
from videocall.recordings.domain import Party, Recording, RecordingState
from videocall.recordings.queries import recording_of
from videocall.settings import Settings
from videocall.signalling.domain import Ice, VoiceMode, turn_servers
from videocall.tables import voices


class FeedView(BaseModel):
    """One party's picture and sound."""

    publishes: bool
    part: int | None
    """The number of the party's newest connection; null before the first."""


class MediaView(BaseModel):
    """The picture and sound of a call, as one of its parties needs to know them."""

    session: int
    """0 before anybody published; grows when the call moves to another media node."""
    own: FeedView
    other: FeedView
    recording: RecordingState
    supervisor: VoiceMode | None
    """How a supervisor speaks to this party; a whisper is nothing that a customer hears of."""
    ice: Ice


async def media_view(
    tx: Tx, call_id: UUID, party: Party, *, settings: Settings, now: datetime
) -> MediaView:
    """Shape the media of a call for one of its parties."""
    session, recording = (
        await session_of(tx, call_id),
        await recording_of(tx, call_id, standby=True),
    )
    return MediaView(
        session=session.number if session else 0,
        own=_feed(recording, party),
        other=_feed(recording, party.other),
        recording=recording.state(now=now, stalled_after=settings.recording_stalled_after),
        supervisor=await _voice(tx, call_id, recording, party),
        ice=_ice(call_id, settings=settings, now=now),
    )


async def _voice(tx: Tx, call_id: UUID, recording: Recording, party: Party) -> VoiceMode | None:
    """Return how a supervisor speaks to a party now."""
    newest = recording.newest(Party.SUPERVISOR)
    if newest is None or not newest.publishes:
        return None
    own = (voices.c.call_id == call_id) & (voices.c.part == newest.part)
    mode = VoiceMode((await tx.execute(select(voices.c.mode).where(own))).scalar_one())
    return None if (party, mode) == (Party.CUSTOMER, VoiceMode.WHISPER) else mode


def _ice(call_id: UUID, *, settings: Settings, now: datetime) -> Ice:
    secret = settings.turn_secret.get_secret_value()
    return Ice(
        servers=turn_servers(
            call_id, urls=settings.turn_urls, secret=secret, good_for=settings.turn_for, now=now
        )
    )


def _feed(recording: Recording, party: Party) -> FeedView:
    newest = recording.newest(party)
    return FeedView(
        publishes=bool(newest and newest.publishes), part=newest.part if newest else None
    )
