"""The meaning of a carrier's news for a shipment, the same for posted and for asked news."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from events import CollectionFailed, DeliveryRefused, Event, ShipmentLost, ShipmentReturned
from shipping.news.domain import Dictionary, News, dictionary_of
from shipping.shipments.domain import Shipment
from shipping.shipments.states import IN_THE_HOUSE, NEXT, ON_THE_ROAD, RANK, Status
from values.moments import CLOCK_TOLERANCE


class Effect(StrEnum):
    """The effect of a piece of news on its shipment."""

    APPLIED = "APPLIED"
    LEFT_ALL_THE_SAME = "LEFT_ALL_THE_SAME"
    SAME = "SAME"
    OLD = "OLD"
    UNKNOWN_WORD = "UNKNOWN_WORD"
    NOT_POSSIBLE = "NOT_POSSIBLE"


MOVES: Final = frozenset({Effect.APPLIED, Effect.LEFT_ALL_THE_SAME})
ALARMS: Final = frozenset({Effect.UNKNOWN_WORD, Effect.NOT_POSSIBLE, Effect.LEFT_ALL_THE_SAME})
"""News that a person should look at."""


@dataclass
class Heard:
    """The effect of news, and the facts it made true."""

    effect: Effect
    facts: list[Event] = field(default_factory=list)


def apply_news(shipment: Shipment, news: News, *, now: datetime) -> Heard:
    """Let news move a shipment along ways there are, never twice, and never lose its money."""
    dictionary = dictionary_of(news.carrier)
    if news.word not in dictionary.states:
        return Heard(Effect.UNKNOWN_WORD)
    # A clock that is far ahead must not make everything that is said later old.
    news = replace(news, said_at=min(news.said_at, now + CLOCK_TOLERANCE))
    facts = shipment.booked(news.order_code, now=now) if shipment.status is Status.BOOKING else []
    target = _target(dictionary.states[news.word], shipment, news)
    effect = _effect(shipment, news, target)
    if effect in MOVES:
        for step in _way(shipment.status, target):
            facts += STEPS[step](shipment, news, dictionary, now)
    elif effect is Effect.NOT_POSSIBLE and target is Status.DELIVERED and shipment.tracking_code:
        at = shipment.moment_of(news.said_at, now=now)
        facts += shipment.money("CARRIER", at, news.cod_vnd, now=now)
    if effect in MOVES | {Effect.SAME}:
        _note_word(shipment, news, effect)
    return Heard(effect, facts)


def _note_word(shipment: Shipment, news: News, effect: Effect) -> None:
    shipment.carrier_word = news.word
    shipment.carrier_said_at = max(news.said_at, shipment.carrier_said_at or news.said_at)
    # What was collected may be said at the delivery, or when it is said again.
    if shipment.status is Status.DELIVERED and (effect in MOVES or news.cod_vnd):
        shipment.cod_open_vnd = max(0, shipment.cod_due_vnd - (news.cod_vnd or 0))


def _target(meaning: Status, shipment: Shipment, news: News) -> Status:
    if meaning is Status.BOOKED and (news.reason or news.reason_code):
        return Status.COLLECTION_FAILED
    if meaning is Status.CANCELLED and shipment.status not in IN_THE_HOUSE | {Status.CANCELLED}:
        return Status.RETURNING
    return meaning


def _effect(shipment: Shipment, news: News, target: Status) -> Effect:
    here = shipment.status
    if here not in RANK:  # not with a carrier at all
        return Effect.NOT_POSSIBLE
    if here is target or _said_before(shipment, news, target):
        return Effect.SAME
    if _is_old(shipment, news, target):
        return Effect.OLD
    way = [here, *_way(here, target)]
    if not all(there in NEXT[step] for step, there in pairwise(way)):
        return Effect.NOT_POSSIBLE
    return Effect.LEFT_ALL_THE_SAME if here is Status.CANCELLED else Effect.APPLIED


def _said_before(shipment: Shipment, news: News, target: Status) -> bool:
    # "ready_to_pick" without a reason repeats the word of a failed collection, not its end.
    return news.word == shipment.carrier_word and target is not Status.COLLECTION_FAILED


def _is_old(shipment: Shipment, news: News, target: Status) -> bool:
    here, there = RANK[shipment.status], RANK[target]
    said = shipment.carrier_said_at
    if shipment.status is Status.CANCELLED and target in ON_THE_ROAD:
        return said is not None and news.said_at < said
    return there < here or (there == here and said is not None and news.said_at < said)


def _way(here: Status, there: Status) -> list[Status]:
    """List the states on the way: a carrier may leave words out, the order of facts may not."""
    way = [there]
    if there is Status.RETURNED and here is not Status.RETURNING:
        way.insert(0, Status.RETURNING)
    before = here in (Status.BOOKED, Status.COLLECTION_FAILED, Status.CANCELLED)
    if before and there in {*ON_THE_ROAD, Status.DELIVERED, Status.RETURNED} - {Status.DELIVERING}:
        way.insert(0, Status.DELIVERING)
    return way


Step = Callable[[Shipment, News, Dictionary, datetime], list[Event]]


def _goes_on(shipment: Shipment, *_: object) -> list[Event]:
    """Expect the courier again (F4.9)."""
    shipment.move_to(Status.BOOKED)
    return []


def _collection_failed(
    shipment: Shipment, news: News, dictionary: Dictionary, now: datetime
) -> list[Event]:
    """Note that the courier came in vain; he will come again (G23)."""
    shipment.move_to(Status.COLLECTION_FAILED)
    return [
        CollectionFailed(
            occurred_at=now,
            hold_id=shipment.hold_id,
            shipment_id=shipment.id,
            reason_code=dictionary.reason(news, "COURIER_CAME_IN_VAIN"),
        )
    ]


def _delivering(shipment: Shipment, news: News, _: Dictionary, now: datetime) -> list[Event]:
    """Believe the courier that he has the parcel (F4.13.2), or brings it again."""
    if shipment.handed_over_at is not None:
        shipment.move_to(Status.DELIVERING)
        shipment.closed_because = None
        return []
    return [shipment.collected(news.said_at, now=now)]


def _in_trouble(shipment: Shipment, *_: object) -> list[Event]:
    """Note that the carrier has trouble with it, and does not know yet how that ends (G23)."""
    shipment.move_to(Status.EXCEPTION)
    return []


def _vain(status: Status) -> Step:
    def note(shipment: Shipment, news: News, dictionary: Dictionary, _: datetime) -> list[Event]:
        """Note that the customer did not get it yet: it is brought again, or back (G23)."""
        shipment.move_to(status)
        if known := dictionary.reasons.get(news.reason_code):
            shipment.closed_because = known
        return []

    return note


def _delivered(shipment: Shipment, news: News, _: Dictionary, now: datetime) -> list[Event]:
    """End well (F4.22)."""
    return shipment.deliver(news.said_at, news.cod_vnd, now=now)


def _refused(shipment: Shipment, news: News, dictionary: Dictionary, now: datetime) -> list[Event]:
    """Let it come back: the customer did not take it (F4.15 TH1, F4.16 to F4.18, G21)."""
    # The courier may have said why at the door: the word for the way back need not repeat it.
    reason = dictionary.reason(news, shipment.closed_because or "CUSTOMER_REFUSED")
    shipment.move_to(Status.RETURNING)
    shipment.closed_because = reason
    if shipment.refused_at is not None:
        return []
    shipment.refused_at = now
    return [
        DeliveryRefused(
            occurred_at=now,
            hold_id=shipment.hold_id,
            shipment_id=shipment.id,
            reason_code=reason,
        )
    ]


def _returned(shipment: Shipment, _: News, __: Dictionary, now: datetime) -> list[Event]:
    """Take it back: its serial may be used again (G21)."""
    shipment.move_to(Status.RETURNED)
    return [ShipmentReturned(occurred_at=now, hold_id=shipment.hold_id, shipment_id=shipment.id)]


def _dropped(shipment: Shipment, _: News, __: Dictionary, now: datetime) -> list[Event]:
    """Give in to a carrier who will not collect it."""
    return [shipment.cancel("CARRIER_CANCELLED", now=now)]


def _gone(status: Status, reason_code: str) -> Step:
    def lose(shipment: Shipment, _: News, __: Dictionary, now: datetime) -> list[Event]:
        """Give it up: the carrier lost it or broke it (G23)."""
        shipment.move_to(status)
        shipment.closed_because = reason_code
        if shipment.lost_at is not None:
            return []
        shipment.lost_at = now
        return [
            ShipmentLost(
                occurred_at=now,
                hold_id=shipment.hold_id,
                shipment_id=shipment.id,
                reason_code=reason_code,
            )
        ]

    return lose


STEPS: Final[dict[Status, Step]] = {
    Status.BOOKED: _goes_on,
    Status.COLLECTION_FAILED: _collection_failed,
    Status.DELIVERING: _delivering,
    Status.DELIVERY_RETRY: _vain(Status.DELIVERY_RETRY),
    Status.WAITING_TO_RETURN: _vain(Status.WAITING_TO_RETURN),
    Status.EXCEPTION: _in_trouble,
    Status.DELIVERED: _delivered,
    Status.RETURNING: _refused,
    Status.RETURNED: _returned,
    Status.CANCELLED: _dropped,
    Status.LOST: _gone(Status.LOST, "CARRIER_LOST"),
    Status.DAMAGED: _gone(Status.DAMAGED, "CARRIER_DAMAGED"),
}
