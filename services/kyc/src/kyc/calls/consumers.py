"""Kafka: the beginning and the end of a video call, and its verdict on the papers."""

from events import (
    VideoCallAbandoned,
    VideoCallApproved,
    VideoCallRejected,
    VideoCallRetryNeeded,
    VideoCallStarted,
)
from events.transport import Subscriptions
from kit.db import Tx
from kyc.calls import commands
from kyc.journeys.commands import journey_of
from kyc.sessions.commands import reopen

subscriptions = Subscriptions[Tx]("kyc")


@subscriptions.on(VideoCallStarted)
async def know_who_talks(started: VideoCallStarted, tx: Tx) -> None:
    """Learn which agent may look at the case while the call lasts (SB.3.3a)."""
    at = started.occurred_at
    await commands.begin(tx, started.call_id, started.hold_id, started.agent_id, at=at)


@subscriptions.on(VideoCallAbandoned, VideoCallRetryNeeded)
async def know_the_call_ended(ended: VideoCallAbandoned | VideoCallRetryNeeded, tx: Tx) -> None:
    """Learn that the agent has nothing more to look for in the case."""
    await _ended(tx, ended)


@subscriptions.on(VideoCallApproved)
async def keep_what_the_call_saw(approved: VideoCallApproved, tx: Tx) -> None:
    """Learn that an agent compared the person with this record: it stays as it is."""
    await _ended(tx, approved)
    journey = await journey_of(tx, approved.hold_id)
    journey.approved(approved.attempt, approved.approved_at)


@subscriptions.on(VideoCallRejected)
async def repeat_what_the_call_refused(rejected: VideoCallRejected, tx: Tx) -> None:
    """Reopen the form or the photos if that is what the agent found wrong (F5a.8 TH1, G26)."""
    await _ended(tx, rejected)
    await journey_of(tx, rejected.hold_id)
    if rejected.repeat in ("EDIT", "PHOTO"):
        await reopen(tx, rejected, rejected.repeat)


async def _ended(
    tx: Tx,
    fact: VideoCallAbandoned | VideoCallRetryNeeded | VideoCallApproved | VideoCallRejected,
) -> None:
    await commands.end(tx, fact.call_id, fact.hold_id, at=fact.occurred_at)
