"""Beginnings of journeys: customers who have already come so far."""

from demo.actors import Actors
from demo.customer import Customer


async def with_slip(actors: Actors, sim: str) -> Customer:
    """Bring a customer as far as the hold slip (F3.4 TH1)."""
    customer = await actors.customer()
    await customer.finds_and_holds(sim)
    await customer.fills_in_the_form()
    return customer


async def ordered_home(actors: Actors, payment: str = "COD") -> Customer:
    """Bring a customer as far as an order for a SIM delivered home (F3.13)."""
    customer = await with_slip(actors, "PHYSICAL")
    await customer.orders(payment, delivery_choice=await customer.chooses_home())
    return customer


async def ordered_at_store(actors: Actors, payment: str = "COD") -> Customer:
    """Bring a customer as far as an order to be fetched at a store (F3.13)."""
    customer = await with_slip(actors, "PHYSICAL")
    await customer.orders(payment, delivery_choice=await customer.chooses_store("2HCM0001"))
    return customer


async def paid_esim(actors: Actors) -> Customer:
    """Bring a customer as far as a paid eSIM (F3.14)."""
    customer = await with_slip(actors, "ESIM")
    await customer.orders("ONLINE")
    await customer.pays()
    await customer.hold_is("CONFIRMED")
    return customer


async def with_courier(actors: Actors, customer: Customer) -> tuple[str, str]:
    """Bring a parcel into the courier's hands; return tracking code and serial (F4.14)."""
    osp = await actors.osp()
    shipment = await osp.sees_order(customer.hold_id)
    await osp.confirms(shipment)
    tracking = await osp.booked(shipment)
    serial = await osp.packs(shipment)
    await osp.hands_over(shipment)
    await actors.outside.courier(tracking, "picked")
    await customer.order_is("DELIVERING")
    return tracking, serial


async def delivered(actors: Actors, payment: str = "COD") -> tuple[Customer, str]:
    """Bring a customer as far as a blank SIM in their hands (F4.23); return its serial."""
    customer = await ordered_home(actors, payment)
    if payment == "ONLINE":
        await customer.pays()
    tracking, serial = await with_courier(actors, customer)
    await actors.outside.courier(tracking, "delivered")
    await customer.order_is("DELIVERED")
    return customer, serial


async def is_seen_and_approved(actors: Actors, customer: Customer) -> None:
    """Bring a customer with good papers through the call (F5a.8 TH2, F5b.7 TH2)."""
    await customer.calls()
    agent = await actors.agent()
    await agent.answers(customer.hold_id)
    await agent.sets_challenges()
    await agent.asks_for_photos(customer)
    await agent.approves()


async def approved(actors: Actors, sim: str, payment: str = "COD") -> tuple[Customer, str | None]:
    """Bring a customer as far as the approved call; return the serial of a physical SIM."""
    serial = None
    if sim == "ESIM":
        customer = await paid_esim(actors)
    else:
        customer, serial = await delivered(actors, payment)
    assert (await customer.shows_papers())["status"] == "KYC_PASSED"
    await is_seen_and_approved(actors, customer)
    return customer, serial


async def sent(actors: Actors, sim: str, payment: str = "COD") -> Customer:
    """Bring a customer as far as the connection queue (F5a.11, F5b.10)."""
    customer, serial = await approved(actors, sim, payment)
    if serial:
        await customer.enters_serial(serial)
    await customer.signs()
    await customer.sends()
    return customer
