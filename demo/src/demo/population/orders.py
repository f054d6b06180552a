"""The states of orders and parcels (flows 3 and 4)."""

from demo.population.journey import Journey


async def slip_unpaid(journey: Journey) -> None:
    """Leave a slip without an order."""
    await journey.with_slip("PHYSICAL")


async def payment_open(journey: Journey) -> None:
    """Order online, and leave the payment page open (F3.12)."""
    me = await journey.with_slip("ESIM")
    await me.orders("ONLINE")


async def payment_failed(journey: Journey) -> None:
    """Pay with an empty account (F3.12 TH2)."""
    me = await journey.with_slip("ESIM")
    await me.orders("ONLINE")
    await me.pays("NO_FUNDS")


async def order_pending(journey: Journey) -> None:
    """Order a SIM that is paid on receipt (F4.1)."""
    await (await journey.ordered_home()).order_is("PENDING")


async def order_pending_paid(journey: Journey) -> None:
    """Order a SIM that is paid already (F4.1)."""
    await (await journey.ordered_home("ONLINE")).order_is("PENDING")


async def order_booked(journey: Journey) -> None:
    """Confirm, and let the carrier be on the way (F4.8, F4.9)."""
    me, osp = await journey.ordered_home(), await journey.staff.osp()
    shipment = await osp.sees_order(me.hold_id)
    await osp.confirms(shipment)
    await osp.booked(shipment)
    await me.order_is("AWAITING_COLLECTION")


async def carrier_refused(journey: Journey) -> None:
    """Confirm an order that the carrier refuses (F4.8.2)."""
    me, osp = await journey.ordered_home(), await journey.staff.osp()
    shipment = await osp.sees_order(me.hold_id)
    await journey.outside.fault("carrier", "refuse_order")
    await osp.confirms(shipment)
    await me.order_is("AWAITING_COLLECTION")


async def order_packed(journey: Journey) -> None:
    """Lay the parcel ready for its courier (F4.12)."""
    await journey.packed()


async def collection_failed(journey: Journey) -> None:
    """Let the courier come in vain."""
    tracking, _ = await journey.packed()
    await journey.outside.courier(tracking, "pickup_failed")


async def delivering(journey: Journey) -> None:
    """Let the courier be on the road (F4.14)."""
    await journey.on_the_road()


async def delivery_failed(journey: Journey) -> None:
    """Let nobody be at home (F4.15)."""
    tracking, _ = await journey.on_the_road()
    await journey.outside.courier(tracking, "delivery_failed")


async def parcel_refused(journey: Journey) -> None:
    """Refuse the parcel at the door; it waits for its way back (F4.15 TH1)."""
    tracking, _ = await journey.on_the_road()
    await journey.outside.courier(tracking, "refused", "Khách đổi ý")


async def parcel_returned(journey: Journey) -> None:
    """Bring a refused parcel back (F4.16 to F4.18)."""
    await parcel_refused(journey)
    shipment = await (await journey.staff.osp()).sees_order(journey.customer.hold_id, "DELIVERING")
    for action in ("return", "returned"):
        await journey.outside.courier(shipment["tracking_code"], action)
    await journey.customer.order_is("CANCELLED")


async def parcel_lost(journey: Journey) -> None:
    """Lose a parcel."""
    tracking, _ = await journey.on_the_road()
    await journey.outside.courier(tracking, "lost")


async def delivered(journey: Journey) -> None:
    """Bring the SIM home, where it lies (F4.23)."""
    await journey.delivered()


async def cancelled(journey: Journey) -> None:
    """Cancel an order that nobody has touched (F4.3 TH1)."""
    me = await journey.ordered_home()
    await me.order_is("PENDING")
    await me.cancels()
    await me.order_is("CANCELLED")


async def order_rejected(journey: Journey) -> None:
    """Reject an order that cannot be carried out (G17)."""
    me, osp = await journey.ordered_home(), await journey.staff.osp()
    await osp.rejects(await osp.sees_order(me.hold_id), "OUT_OF_STOCK")
    await me.order_is("CANCELLED")


async def refund_at_bank(journey: Journey) -> None:
    """Cancel a paid order whose bank takes an hour (G18)."""
    await journey.outside.fault("payment", "slow_refund")
    await _cancelled_paid(journey)
    await journey.refund_is("REFUND_PENDING")


async def refund_by_hand(journey: Journey) -> None:
    """Cancel a paid order whose bank refuses to give back (G18)."""
    await journey.outside.fault("payment", "refuse_refund")
    await _cancelled_paid(journey)
    await journey.refund_is("REFUND_FAILED")


async def refunded(journey: Journey) -> None:
    """Cancel a paid order, and get the money back (G18)."""
    await _cancelled_paid(journey)
    await journey.refund_is("REFUNDED")


async def _cancelled_paid(journey: Journey) -> None:
    me = await journey.ordered_home("ONLINE")
    await me.order_is("PENDING")
    await me.cancels()
    await me.order_is("CANCELLED")


async def store_pending(journey: Journey) -> None:
    """Order a SIM that the store has not laid ready (F4.5 TH2)."""
    await journey.ordered_at_store()
    await journey.customer.order_is("PENDING")


async def store_ready(journey: Journey) -> None:
    """Lay a SIM ready at the store (F4.6)."""
    store = await journey.ordered_at_store()
    await (await journey.staff.clerk(store)).makes_ready(journey.customer.hold_id)
    await journey.customer.order_is("AWAITING_COLLECTION")


async def store_collected(journey: Journey) -> None:
    """Fetch the SIM at the store, against the code and the money (F4.7)."""
    store, me = await journey.ordered_at_store(), journey.customer
    due = (await me.order_is("PENDING"))["total_vnd"]
    clerk = await journey.staff.clerk(store)
    await clerk.makes_ready(me.hold_id)
    await clerk.hands_over(me.hold["hold_code"], due)
    await me.order_is("DELIVERED")


async def channel_hold(journey: Journey) -> None:
    """Sell through a channel (P2.2, P3.2)."""
    await journey.sells()


async def channel_delivered(journey: Journey) -> None:
    """Sell through a channel that brings the SIM; its customer claims the slip (P2.3, P3.3)."""
    me = journey.customer
    await me.registers()
    channel = await journey.sells()
    claim = {"hold_code": me.hold["hold_code"], "phone_proof": await me.proves_phone("CLAIM")}
    me.hold = await me.gateway.post("/api/hold/v1/holds/claims", claim)
    await channel.delivers(me.hold_id)
