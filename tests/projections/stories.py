"""Stories of a hold: the facts that happen to it, and why it is over at the end."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from events import (
    HoldClaimed,
    HoldConfirmed,
    HoldCreated,
    HoldExpired,
    HoldLost,
    HoldReleased,
    OrderCancelled,
)
from events.facts.hold_facts import Beginning, Ending
from events.ids import uuid7

NUMBER, ORDER, CUSTOMER = uuid7(), uuid7(), uuid7()
START = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """Facts in the order in which they became true, and why the hold is over at the end."""

    name: str
    facts: tuple[Beginning | Ending, ...]
    over_because: str | None


class Teller:
    """Makes events about one hold, a minute apart."""

    def __init__(self) -> None:
        self.hold_id, self._now = uuid7(), START

    @property
    def now(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now

    def created(self, customer_id: UUID | None = CUSTOMER) -> HoldCreated:
        now = self.now
        return HoldCreated(
            occurred_at=now,
            hold_id=self.hold_id,
            number_id=NUMBER,
            hold_code="GS261102K7M2Q4",
            customer_id=customer_id,
            sim="ESIM",
            entrance="APP" if customer_id else "CHANNEL",
            channel_code=None,
            partner_id=None,
            price_vnd=500_000,
            sim_fee_vnd=25_000,
            commitment_vnd_per_month=0,
            commitment_months=0,
            promotion_code=None,
            stock_region=None,
            expires_at=now + timedelta(minutes=20),
        )

    def claimed(self) -> HoldClaimed:
        return HoldClaimed(occurred_at=self.now, hold_id=self.hold_id, customer_id=CUSTOMER)

    def confirmed(self) -> HoldConfirmed:
        return HoldConfirmed(
            occurred_at=self.now, hold_id=self.hold_id, number_id=NUMBER, because="PAID"
        )

    def expired(self) -> HoldExpired:
        return HoldExpired(occurred_at=self.now, hold_id=self.hold_id, number_id=NUMBER)

    def released(self, reason: str = "CUSTOMER_REQUEST") -> HoldReleased:
        return HoldReleased(
            occurred_at=self.now, hold_id=self.hold_id, number_id=NUMBER, reason_code=reason
        )

    def lost(self) -> HoldLost:
        return HoldLost(
            occurred_at=self.now, hold_id=self.hold_id, number_id=NUMBER, order_id=ORDER
        )

    def echo(self) -> OrderCancelled:
        """End the order because the hold had expired: the hold's own news, told again."""
        return self.cancelled("SYSTEM", "HOLD_EXPIRED")

    def cancelled(self, by: str = "CUSTOMER", reason: str = "CUSTOMER_REQUEST") -> OrderCancelled:
        return OrderCancelled.model_validate(
            {
                "occurred_at": self.now,
                "hold_id": self.hold_id,
                "order_id": ORDER,
                "cancelled_by": by,
                "reason_code": reason,
                "refund_due_vnd": 0,
                "keep_number_until": None,
            }
        )


def stories() -> list[Story]:
    """Tell every way a hold can go, each with a hold of its own."""
    t, late = Teller, "paid in time, heard late"
    one, two, three, four, five, six, seven = t(), t(), t(), t(), t(), t(), t()
    return [
        Story("kept", (one.created(), one.confirmed()), None),
        Story(late, (two.created(), two.expired(), two.echo(), two.confirmed()), None),
        Story("nobody paid", (three.created(), three.expired(), three.echo()), "HOLD_EXPIRED"),
        Story(
            f"{late}, cancelled afterwards",
            (
                *(four.created(), four.expired(), four.echo(), four.confirmed()),
                *(four.cancelled(), four.released()),
            ),
            "ORDER_CANCELLED",
        ),
        Story("given up", (five.created(), five.released()), "HOLD_RELEASED"),
        Story("money without a number", (six.created(), six.expired(), six.lost()), "HOLD_LOST"),
        Story(
            f"a channel's customer, {late}",
            (
                *(seven.created(None), seven.claimed(), seven.expired()),
                *(seven.echo(), seven.confirmed()),
            ),
            None,
        ),
    ]
