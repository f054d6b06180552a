"""A journey of the plan: its customer, its staff, and the steps that many states share."""

import random
from typing import Any

from demo.actors import Actors
from demo.call_agent import CallAgent
from demo.customer import Customer
from demo.gateway import Gateway, Refusal, until
from demo.outside import Outside
from demo.population.channels import Channels
from demo.population.people import inhabitant
from demo.population.plan import Slot
from demo.population.registry import Registry
from demo.population.staff import RegionalStaff
from demo.shopper import TAKEN
from demo.staff import Channel


class LineTaken(Exception):
    """Another call waits for this region's agent: a person plays, and is not to be disturbed."""


class Journey:
    """One journey on its way to the state of its slot."""

    def __init__(
        self,
        slot: Slot,
        home: Gateway,
        actors: Actors,
        staff: RegionalStaff,
        channels: Channels,
        registry: Registry,
    ) -> None:
        self.slot, self.staff, self.registry = slot, staff, registry
        self.channels = channels
        self._actors = actors
        self.customer = Customer(home, actors.outside, inhabitant(slot.region))

    @property
    def outside(self) -> Outside:
        """The outside systems."""
        return self._actors.outside

    async def sells(self) -> Channel:
        """Let the region's channel sell the customer a SIM; its server fails once (P2.2, P3.2)."""
        await self.outside.fault("partner", "error_500")
        me, channel = self.customer, await self.channels.of(self.slot.region)

        async def sold() -> dict[str, Any] | None:
            try:
                number = random.SystemRandom().choice(
                    (await me.gateway.get("/api/catalog/v1/numbers", mask="*", limit=50))["items"]
                )
                return await channel.sells(number, "PHYSICAL", me.person)
            except Refusal as refusal:
                if refusal.slug not in TAKEN:
                    raise
                return None

        me.hold = await until("a number that the channel can sell", sold)
        await self.note(made=False)
        return channel

    async def note(self, *, made: bool) -> None:
        """Write into the registry how far it is."""
        me = self.customer
        await self.registry.write(self.slot, me.hold_id, me.person.phone, made=made)

    # getting a SIM

    async def with_slip(self, sim: str) -> Customer:
        """Register the customer, hold a number and fill in the form (flow 1, F3.1 to F3.4)."""
        me = self.customer
        await me.registers()
        await me.finds_and_holds(sim, f"*{random.SystemRandom().randrange(100):02}")
        await self.note(made=False)
        await me.fills_in_the_form()
        return me

    async def ordered_home(self, payment: str = "COD") -> Customer:
        """Order a SIM delivered home (F3.13); online it is paid, too."""
        me = await self.with_slip("PHYSICAL")
        await me.orders(payment, delivery_choice=await me.chooses_home())
        if payment == "ONLINE":
            await me.pays()
            await me.hold_is("CONFIRMED")
        return me

    async def ordered_at_store(self) -> str:
        """Order a SIM to be fetched at the region's store; return the store's code (F3.13)."""
        me, store = await self.with_slip("PHYSICAL"), await self.staff.store_of(self.slot.region)
        await me.orders("COD", delivery_choice=await me.chooses_store(store))
        return store

    async def paid_esim(self) -> Customer:
        """Order an eSIM and pay it (F3.14)."""
        me = await self.with_slip("ESIM")
        await me.orders("ONLINE")
        await me.pays()
        await me.hold_is("CONFIRMED")
        return me

    async def packed(self) -> tuple[str, str]:
        """Confirm, book and pack a parcel; return tracking code and serial (F4.8 to F4.12)."""
        await self.ordered_home(random.SystemRandom().choice(("COD", "COD", "ONLINE")))
        osp = await self.staff.osp()
        shipment = await osp.sees_order(self.customer.hold_id)
        await osp.confirms(shipment)
        tracking = await osp.booked(shipment)
        return tracking, await osp.packs(shipment)

    async def on_the_road(self) -> tuple[str, str]:
        """Bring a parcel into the courier's hands; return tracking code and serial (F4.14)."""
        tracking, serial = await self.packed()
        osp = await self.staff.osp()
        await osp.hands_over(await osp.sees_order(self.customer.hold_id, "AWAITING_COLLECTION"))
        await self.outside.courier(tracking, "picked")
        await self.customer.order_is("DELIVERING")
        return tracking, serial

    async def delivered(self) -> str:
        """Bring the SIM home, and return its serial (F4.23)."""
        tracking, serial = await self.on_the_road()
        await self.outside.courier(tracking, "delivered")
        await self.customer.order_is("DELIVERED")
        return serial

    # joining the network

    async def with_good_papers(self) -> Customer:
        """Buy an eSIM and pass the identity check (F5b.1 to F5b.6)."""
        me = await self.paid_esim()
        verdict = await me.shows_papers()
        assert verdict["status"] == "KYC_PASSED", verdict
        return me

    async def is_answered(self) -> CallAgent:
        """Call, and be answered by the region's agent (F5a.8, F5b.7, P3.5). Raises LineTaken."""
        agent = await self.staff.agent(self.slot.region)
        known = {row.hold_id for row in (await self.registry.journeys()).values()}
        waiting = (await agent.gateway.get("/api/videocall/v1/desk/queue"))["items"]
        if any(call["hold_id"] not in known for call in waiting):
            raise LineTaken
        await self.customer.calls()
        await agent.answers(self.customer.hold_id)
        await agent.sees_the_case(self.customer.hold_id)
        return agent

    async def is_approved(self) -> None:
        """Be seen, photographed and approved (P5.1)."""
        agent = await self.is_answered()
        await agent.examines(self.customer.person)
        await agent.approves()

    async def sent(self) -> Customer:
        """Bring an eSIM's dossier into the connection queue (F5b.8 to F5b.10)."""
        me = await self.with_good_papers()
        await self.is_approved()
        await me.signs()
        await me.sends()
        officer = await self.staff.officer(self.slot.region)
        await self.is_listed(officer.gateway, "/api/activation/v1/desk/queue")
        return me

    async def is_listed(self, staff: Gateway, path: str) -> None:
        """Wait until staff see the journey in a list."""

        async def listed() -> bool:
            after = None
            while True:
                page = await staff.get(path, limit=100, after=after)
                if any(item["hold_id"] == self.customer.hold_id for item in page["items"]):
                    return True
                if not (after := page.get("next")):
                    return False

        await until(f"the journey to be listed in {path}", listed)

    async def refund_is(self, payment_status: str) -> None:
        """Wait until the money of a cancelled order stands so."""
        me = self.customer
        path = f"/api/order/v1/orders/{me.order['order_id']}"

        async def so() -> bool:
            return bool((await me.gateway.get(path))["payment_status"] == payment_status)

        await until(f"the payment to be {payment_status}", so)
