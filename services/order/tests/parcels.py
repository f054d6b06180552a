"""Facts of shipping and the hold service, about a parcel and its hold."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from events import Event
from events.ids import uuid7
from kit import clock


def says(kind: type[Event], hold_id: Any, *, at: datetime | None = None, **more: Any) -> Any:
    """Make a fact about a hold, filling in what its contract wants besides."""
    usual: dict[str, Any] = {
        "occurred_at": at or clock.now(),
        "hold_id": UUID(str(hold_id)),
        "shipment_id": uuid7(),
        "number_id": uuid7(),
        "order_id": uuid7(),
        "carrier": "GHN",
        "tracking_code": "GHN1",
        "store_code": "2HCM0001",
        "sim_serial": "8984012345678901234",
        "delivered_at": clock.now(),
        "collected_at": clock.now(),
        "collected_by": "CARRIER",
        "reason_code": "OTHER",
        "because": "COD",
        "session_id": uuid7(),
        "customer_id": uuid7(),
        "connection_id": uuid7(),
        "officer_id": uuid7(),
        "profile_id": uuid7(),
        "connected_at": clock.now(),
        "heard_from": "CUSTOMER",
        "repeat": "SERIAL",
        "expires_at": clock.now() + timedelta(minutes=30),
    }
    filled = {name: value for name, value in usual.items() if name in kind.model_fields}
    return kind(**(filled | more))
