"""The facts of the other services about a customer on the way to the network."""

from datetime import datetime, timedelta
from uuid import UUID

from events import (
    CancelRequested,
    Event,
    HoldConfirmed,
    HoldCreated,
    HoldReleased,
    KycPassed,
    KycSubmitted,
    NumberSoftLocked,
    OrderRouted,
    PromotionAttached,
    ShipmentDelivered,
    ShipmentPacked,
    SimKind,
    VideoCallApproved,
    VideoCallRevoked,
)
from events.ids import uuid7

SERIAL = "8984010000000000013"
HOUR = timedelta(hours=1)


class Told:
    """One journey, as the other services tell it."""

    at: datetime
    sim: SimKind
    hold_id: UUID
    number_id: UUID
    customer_id: UUID
    order_id: UUID
    agent_id: UUID
    session_id: UUID
    attempt: int
    call_id: UUID

    def told(self) -> list[Event]:
        """Return everything the other services say before the customer can sign."""
        at, hold, order = self.at, self.hold_id, self.order_id
        facts: list[Event] = [
            NumberSoftLocked(
                occurred_at=at,
                number_id=self.number_id,
                msisdn=f"8490{int(self.number_id) % 10**7:07d}",
                locked_until=at + HOUR,
            ),
            HoldCreated(
                occurred_at=at,
                hold_id=hold,
                number_id=self.number_id,
                hold_code="GS261102ABCDEF",
                customer_id=self.customer_id,
                sim=self.sim,
                entrance="APP",
                channel_code=None,
                partner_id=None,
                price_vnd=100_000,
                sim_fee_vnd=25_000,
                commitment_vnd_per_month=0,
                commitment_months=0,
                promotion_code="KMTN4G",
                stock_region=None,
                expires_at=at + HOUR,
            ),
            HoldConfirmed(occurred_at=at, hold_id=hold, number_id=self.number_id, because="PAID"),
            OrderRouted(
                occurred_at=at,
                hold_id=hold,
                order_id=order,
                region="KV2",
                shop_code="2HCM0001",
                team="KV2",
                rule="WARD",
            ),
            self.kyc_passed(at + HOUR),
            self.approved(at + 2 * HOUR),
        ]
        if self.sim == "ESIM":
            return [*facts, self.promotion(order)]
        shipment = uuid7()
        return [
            *facts,
            ShipmentPacked(occurred_at=at, hold_id=hold, shipment_id=shipment, sim_serial=SERIAL),
            ShipmentDelivered(occurred_at=at, hold_id=hold, shipment_id=shipment, delivered_at=at),
        ]

    def promotion(self, order_id: UUID) -> PromotionAttached:
        return PromotionAttached(
            occurred_at=self.at,
            hold_id=self.hold_id,
            order_id=order_id,
            promotion_code="KMTN4G",
            package_code="TN4G",
        )

    def kyc_passed(self, at: datetime) -> KycPassed:
        return KycPassed(
            occurred_at=at,
            hold_id=self.hold_id,
            session_id=self.session_id,
            attempt=self.attempt,
            document_kind="CC",
            id_number="PASS",
            full_name="PASS",
            date_of_birth="PASS",
            face="PASS",
            call_required=True,
        )

    def approved(self, at: datetime) -> VideoCallApproved:
        self.call_id = uuid7()
        return VideoCallApproved(
            occurred_at=at,
            hold_id=self.hold_id,
            call_id=self.call_id,
            agent_id=self.agent_id,
            approved_at=at,
            session_id=self.session_id,
            attempt=self.attempt,
        )

    def new_check(self, at: datetime) -> list[Event]:
        """Another person's papers pass as the next attempt, and the call about them is approved."""
        self.attempt += 1
        submitted = KycSubmitted(
            occurred_at=at, hold_id=self.hold_id, session_id=self.session_id, attempt=self.attempt
        )
        return [submitted, self.kyc_passed(at + HOUR), self.approved(at + 2 * HOUR)]

    def revoked(self, at: datetime) -> VideoCallRevoked:
        """Take the newest approval back (G28)."""
        return VideoCallRevoked(
            occurred_at=at,
            hold_id=self.hold_id,
            call_id=self.call_id,
            revoked_by=uuid7(),
            reason_code="FACE_MISMATCH",
        )

    def cancel_asked(self) -> CancelRequested:
        return CancelRequested(
            occurred_at=self.at,
            hold_id=self.hold_id,
            order_id=self.order_id,
            requested_by="CUSTOMER",
            reason_code="CHANGED_MIND",
        )

    def released(self, at: datetime) -> HoldReleased:
        return HoldReleased(
            occurred_at=at,
            hold_id=self.hold_id,
            number_id=self.number_id,
            reason_code="ORDER_CANCELLED",
        )
