"""The function that brings a journey to each state."""

from collections.abc import Awaitable, Callable
from typing import Final

from demo.population import activations, orders
from demo.population.journey import Journey
from demo.population.plan import State

PLAYS: Final[dict[State, Callable[[Journey], Awaitable[None]]]] = {
    State.SLIP_UNPAID: orders.slip_unpaid,
    State.PAYMENT_OPEN: orders.payment_open,
    State.PAYMENT_FAILED: orders.payment_failed,
    State.ORDER_PENDING: orders.order_pending,
    State.ORDER_PENDING_PAID: orders.order_pending_paid,
    State.ORDER_BOOKED: orders.order_booked,
    State.CARRIER_REFUSED: orders.carrier_refused,
    State.ORDER_PACKED: orders.order_packed,
    State.COLLECTION_FAILED: orders.collection_failed,
    State.DELIVERING: orders.delivering,
    State.DELIVERY_FAILED: orders.delivery_failed,
    State.PARCEL_REFUSED: orders.parcel_refused,
    State.PARCEL_RETURNED: orders.parcel_returned,
    State.PARCEL_LOST: orders.parcel_lost,
    State.DELIVERED: orders.delivered,
    State.CANCELLED: orders.cancelled,
    State.ORDER_REJECTED: orders.order_rejected,
    State.REFUND_AT_BANK: orders.refund_at_bank,
    State.REFUND_BY_HAND: orders.refund_by_hand,
    State.REFUNDED: orders.refunded,
    State.STORE_PENDING: orders.store_pending,
    State.STORE_READY: orders.store_ready,
    State.STORE_COLLECTED: orders.store_collected,
    State.CHANNEL_HOLD: orders.channel_hold,
    State.CHANNEL_DELIVERED: orders.channel_delivered,
    State.PAPERS_BEGUN: activations.papers_begun,
    State.PAPERS_FAILED: activations.papers_failed,
    State.NEEDS_REVIEW: activations.needs_review,
    State.SENT_TO_STORE: activations.sent_to_store,
    State.CALL_REJECTED: activations.call_rejected,
    State.CALL_DROPPED: activations.call_dropped,
    State.CALL_APPROVED: activations.call_approved,
    State.APPROVAL_REVOKED: activations.approval_revoked,
    State.CONNECTION_QUEUED: activations.connection_queued,
    State.CONNECTION_CLAIMED: activations.connection_claimed,
    State.CONNECTION_REFUSED: activations.connection_refused,
    State.INCIDENT: activations.incident,
    State.ESIM_WAITING: activations.esim_waiting,
    State.ESIM_FAILED: activations.esim_failed,
    State.ESIM_CONNECTED: activations.esim_connected,
    State.SIM_CONNECTED: activations.sim_connected,
    State.CALL_WAITING: activations.call_waiting,
}
