"""Kafka: facts that tell of a journey and change no call, in whatever order they are heard."""

from events import ConnectionCompleted, KycPassed
from events.facts.hold_facts import BEGINNINGS, Beginning, later
from events.transport import Subscriptions
from kit.db import Tx
from videocall.journeys.commands import journey_of
from videocall.journeys.domain import Check

subscriptions = Subscriptions[Tx]("videocall")


@subscriptions.on(*BEGINNINGS)
async def follow_the_hold(fact: Beginning, tx: Tx) -> None:
    """Learn whose slip it is, and whether the number is kept after all (P3.3)."""
    (await journey_of(tx, fact.hold_id)).hear(fact)


@subscriptions.on(KycPassed)
async def allow_the_call(passed: KycPassed, tx: Tx) -> None:
    """Learn that the customer may call (P3.4, F5a.7 TH2, F5b.6 TH1)."""
    journey = await journey_of(tx, passed.hold_id)
    check, face_in_doubt = Check(passed.session_id, passed.attempt), passed.face == "REVIEW"
    journey.check_passed(check, passed.occurred_at, face_in_doubt=face_in_doubt)


@subscriptions.on(ConnectionCompleted)
async def know_it_is_done(completed: ConnectionCompleted, tx: Tx) -> None:
    """Learn that no call is needed any more."""
    journey = await journey_of(tx, completed.hold_id)
    journey.connected_at = later(journey.connected_at, completed.connected_at)
