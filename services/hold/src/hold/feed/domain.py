"""The facts and fields of a hold that partners are told: none of them names a person."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol
from uuid import UUID

from events import (
    Event,
    HoldClaimed,
    HoldConfirmed,
    HoldConsumed,
    HoldCreated,
    HoldEnding,
    HoldExpired,
    HoldExtended,
    HoldLost,
    HoldReleased,
    Region,
    SimKind,
)
from feed.entries import News
from kit.errors import Gone, Invalid

LARGEST: Final = 2**63 - 1
"""The largest number that a list can count to."""

# Who the customer or the order is, is not among them.
TOLD: Final[dict[type[Event], frozenset[str]]] = {
    HoldCreated: frozenset(
        {
            *("expires_at", "price_vnd", "sim_fee_vnd", "channel_paid_vnd", "channel_delivers"),
            *("promotion_code", "package_code"),
        }
    ),
    HoldExtended: frozenset({"expires_at", "reason_code"}),
    HoldConfirmed: frozenset({"because"}),
    HoldEnding: frozenset({"ends_at", "reason_code"}),
    HoldExpired: frozenset(),
    HoldReleased: frozenset({"reason_code", "owed_back_vnd"}),
    HoldLost: frozenset(),
    HoldClaimed: frozenset(),
    HoldConsumed: frozenset(),
}


@dataclass(eq=False)
class CursorTooOld(Gone):
    """Events after this number are not kept any more: read your holds, then go on from `continue_after`."""  # noqa: E501, a title is one line

    after: int
    continue_after: int


@dataclass(eq=False)
class CursorAhead(Invalid):
    """Your list has not come so far: the cursor is not one of yours."""

    after: int
    newest: int


class ToldHold(Protocol):
    """A hold as far as partners may know of it: no field of it names a person."""

    id: UUID
    number_id: UUID
    price_class: str
    sim: SimKind
    stock_region: Region | None
    partner_id: UUID | None
    channel_code: str | None
    referrer_code: str | None
    partner_reference: str | None
    hold_code: str | None


def news_of(fact: Event, hold: ToldHold, referrers: Collection[UUID]) -> list[News]:
    """Tell the channel that sold, and the affiliates that the customer named (SA.1, SD.3 ii)."""
    fields = TOLD.get(type(fact))
    if fields is None:
        return []
    # The seller has the hold code already; to a referrer it would be half a key to the slip.
    data = _fields_of(fact, fields) | _about(hold)
    sold_by = {hold.partner_id} - {None}
    news = [_to(p, fact, "SELLER", data | {"hold_code": hold.hold_code}) for p in sold_by if p]
    others = sorted(set(referrers) - sold_by)
    data = data | {"partner_reference": None}
    return news + [_to(p, fact, "REFERRER", data) for p in others]


def _fields_of(fact: Event, fields: frozenset[str]) -> dict[str, Any]:
    return fact.model_dump(mode="json", include=set(fields))


def _about(hold: ToldHold) -> dict[str, Any]:
    return {
        "hold_id": str(hold.id),
        "number_id": str(hold.number_id),
        "price_class": hold.price_class,
        "sim": hold.sim,
        "region": hold.stock_region,
        "channel_code": hold.channel_code,
        "referrer_code": hold.referrer_code,
        "partner_reference": hold.partner_reference,
    }


def _to(
    partner_id: UUID, fact: Event, role: Literal["SELLER", "REFERRER"], data: dict[str, Any]
) -> News:
    told = data | {"your_role": role}
    return News(partner_id, fact.event_id, fact.topic, fact.occurred_at, told)
