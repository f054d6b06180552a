"""Facts that videocall hears about a customer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from events import (
    ConnectionRejected,
    HoldCreated,
    HoldReleased,
    KycPassed,
    KycSubmitted,
    OrderRouted,
    Region,
)
from events.ids import uuid7
from kit import clock


@dataclass(kw_only=True)
class Story:
    """The facts that other services may publish about one customer's hold."""

    region: Region = "KV2"
    id: UUID = field(default_factory=uuid7)
    hold_id: UUID = field(default_factory=uuid7)

    def created(self) -> HoldCreated:
        """Say that the slip exists."""
        now = clock.now()
        return HoldCreated(
            occurred_at=now,
            hold_id=self.hold_id,
            number_id=uuid7(),
            hold_code="GS2611240000X",
            customer_id=self.id,
            sim="ESIM",
            entrance="APP",
            channel_code=None,
            partner_id=None,
            price_vnd=0,
            sim_fee_vnd=50_000,
            commitment_vnd_per_month=0,
            commitment_months=0,
            promotion_code=None,
            stock_region="KV2",
            expires_at=now + timedelta(minutes=15),
        )

    def submitted(self, attempt: int = 1, at: datetime | None = None) -> KycSubmitted:
        """Say that the papers are being checked."""
        return KycSubmitted(
            occurred_at=at or clock.now(),
            hold_id=self.hold_id,
            session_id=self.hold_id,
            attempt=attempt,
        )

    def passed(self, attempt: int = 1, at: datetime | None = None) -> KycPassed:
        """Say that the identity check was passed."""
        return KycPassed(
            occurred_at=at or clock.now(),
            hold_id=self.hold_id,
            session_id=self.hold_id,
            attempt=attempt,
            document_kind="CC",
            id_number="PASS",
            full_name="PASS",
            date_of_birth="PASS",
            face="PASS",
            call_required=True,
        )

    def routed(self, region: Region | None = None, team: str | None = None) -> OrderRouted:
        """Say that a regional company is responsible."""
        region = region or self.region
        return OrderRouted(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            order_id=uuid7(),
            region=region,
            shop_code="2HCM0001",
            team=team or f"{region}-CALL",
            rule="ADDRESS",
        )

    def released(self) -> HoldReleased:
        """Say that the hold was given up."""
        return HoldReleased(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            number_id=uuid7(),
            reason_code="CUSTOMER",
        )

    def connection_refused(self, repeat: Literal["CALL", "EDIT", "SIGN"]) -> ConnectionRejected:
        """Say that the connection team refused."""
        return ConnectionRejected(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            connection_id=uuid7(),
            reason_code="DATA_WRONG",
            repeat=repeat,
        )
