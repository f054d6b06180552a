"""One customer of a soak, who goes through a journey while things get in the way."""

from dataclasses import replace
from typing import Any, Final

from tests.soak.interruptions import Interrupted, Over

from demo import papers
from demo.customer import CONSENTS
from demo.gateway import Refusal, until, when_ready
from demo.papers import Person, somebody

STORE: Final = "2HCM0001"
MONEY_IS_NOT_HERE: Final = ("REFUND_PENDING", "REFUNDED", "REFUND_FAILED", "EXPIRED")
ENDS: Final = ("ACTIVATED", "ESIM_QR_SENT", "REFUSED", "CLOSED")
LATE: Final[dict[str, Any]] = {"heard": {}, "paid": {"delay_seconds": 16.0}}
"""Longer than the soak's clocks keep an unpaid hold; a lost word is asked for after that, too."""


class Traveller(Interrupted):
    """A customer who goes through a whole journey, as far as the plan and the others allow."""

    async def travels(self, known: dict[str, "Traveller"]) -> None:
        """Go as far as the plan and the others allow."""
        try:
            if self.plan.kind == "CHANNEL":
                await self._is_sold_by_a_channel(known)
            else:
                await self._orders(known)
            await self._joins_the_network()
        except Over as over:
            self.note(f"over:{over}")

    # getting a SIM

    async def _orders(self, known: dict[str, "Traveller"]) -> None:
        me, plan = self.customer, self.plan
        await me.registers()
        await me.finds_and_holds(plan.sim)
        known[me.hold_id] = self
        await me.fills_in_the_form()
        await self.faults()
        choice = None
        if plan.kind != "ESIM":
            at_store = plan.kind == "STORE_COD"
            choice = await (me.chooses_store(STORE) if at_store else me.chooses_home())
        online = plan.kind in ("ESIM", "HOME_ONLINE")
        payment = "ONLINE" if online else "COD"
        await self.step("ordered", lambda: me.orders(payment, delivery_choice=choice))
        if online:
            await self._pays()
        if plan.sim == "PHYSICAL":
            await (self._fetches_at_the_store() if plan.kind == "STORE_COD" else self._waits())

    async def _pays(self) -> None:
        """Pay online: in time, in time but heard late, or too late (G10, decision 0021)."""
        me, late = self.customer, self.plan.paid_late
        if late:
            self.note(f"late: {late}")
            name = "lost_callback" if late == "heard" else "late_success"
            await self.actors.outside.fault("payment", name, **LATE[late])
        await self.step("paid", me.pays)
        (kept,) = await until("the money to keep the number or to go back", self._money_went)
        if not kept:
            raise Over("paid too late")

    async def _money_went(self) -> tuple[bool] | None:
        """Tell whether the money keeps the number, or goes back for being late (decision 0021)."""
        me = self.customer
        hold = await me.gateway.get(f"/api/hold/v1/holds/{me.hold_id}")
        if hold["status"] == "CONFIRMED":
            return (True,)
        order = await me.gateway.get(f"/api/order/v1/orders/{me.order['order_id']}")
        over = order["status"] == "CANCELLED" and order["payment_status"] in MONEY_IS_NOT_HERE
        return (False,) if over else None

    async def _waits(self) -> None:
        """Wait for the parcel: everybody who handles it may be interrupted (flow 4)."""
        me, osp = self.customer, await self.actors.osp()
        shipment = await osp.sees_order(me.hold_id)
        await self.step("confirmed", lambda: osp.confirms(shipment))
        tracking = await osp.booked(shipment)
        await self.cancels_if("booked")
        serials: list[str] = []

        async def packs() -> None:
            serials.append(await osp.packs(shipment))

        await self.step("packed", packs)
        await osp.hands_over(shipment)
        await self._is_brought(tracking)
        self.serial = serials[-1]

    async def _is_brought(self, tracking: str) -> None:
        """Meet the courier, perhaps twice, perhaps in vain (F4.13 to F4.23)."""
        courier = self.actors.outside.courier
        await courier(tracking, "picked")
        await self.cancels_if("on_the_road")
        if self.plan.parcel in ("redelivered", "returned"):
            await courier(tracking, "refused", "Khách đổi ý")
        if self.plan.parcel == "returned":
            await courier(tracking, "return")
            await courier(tracking, "returned")
            raise Over("returned")
        if self.plan.parcel == "redelivered":
            self.note("redelivered")
            await courier(tracking, "storing")
        await courier(tracking, "delivered")
        await self.customer.order_is("DELIVERED")

    async def _fetches_at_the_store(self) -> None:
        me, store = self.customer, await self.actors.store()
        due = (await me.order_is("PENDING"))["total_vnd"]
        await self.step("confirmed", lambda: store.makes_ready(me.hold_id))
        code = me.hold["hold_code"]
        self.serial = await store.hands_over(code, due)
        await me.order_is("DELIVERED")

    async def _is_sold_by_a_channel(self, known: dict[str, "Traveller"]) -> None:
        me, channel = self.customer, await self.actors.channel()
        await me.registers()

        async def sold() -> dict[str, Any] | None:
            try:
                return await channel.sells(await me.finds(), "PHYSICAL", me.person)
            except Refusal as refusal:
                if refusal.slug != "number-taken":
                    raise
                return None

        me.hold = await until("a number that the channel can sell", sold)
        known[me.hold_id] = self
        proof = await me.proves_phone("CLAIM")
        claim = {"hold_code": me.hold["hold_code"], "phone_proof": proof}
        me.hold = await me.gateway.post("/api/hold/v1/holds/claims", claim)
        self.serial = await channel.delivers(me.hold_id)

    # joining the network

    async def _joins_the_network(self) -> None:
        me = self.customer
        await self.step("papers", self._shows_papers)
        await self._is_seen()
        if self.plan.sim == "PHYSICAL":
            await me.enters_serial(self.serial)
        if self.plan.second_person:
            await self._signs_as_the_first()
        while True:
            await self.step("signed", me.signs)
            await self.revokes_if("signed")
            await self.step("sent", me.sends)
            await self.revokes_if("sent")
            came_to = await until("the end of the activation", self._outcome)
            if came_to != "REFUSED" or "signed again" in self.notes:
                break
            self.note("signed again")
        self.note(f"end:{came_to}")

    async def _outcome(self) -> str | None:
        path = f"/api/activation/v1/activations/{self.customer.hold_id}"
        status = (await self.customer.gateway.get(path))["status"]
        if "revoke: yes" in self.notes and status not in ENDS:
            raise Over("revoked")
        return str(status) if status in ENDS else None

    async def _shows_papers(self) -> None:
        verdict = await self.customer.shows_papers()
        assert verdict["status"] == "KYC_PASSED", verdict
        form = await self.customer.gateway.get(f"{self.session}/declaration")
        self.first_form = str(form["declaration"])

    async def _signs_as_the_first(self) -> None:
        """Try to sign what the first person declared, now that another was approved."""
        body = {
            "declaration": self.first_form,
            "signature_png_base64": papers.signature(self.customer.person),
            "phone_proof": await self.customer.proves_phone("SIGN"),
            "consents": CONSENTS,
        }
        path = f"/api/activation/v1/activations/{self.customer.hold_id}/signature"
        sign = lambda: self.customer.gateway.post(path, body)  # noqa: E731
        came_to = await self.tries(lambda: when_ready("the approval to be known", sign))
        self.note(f"signed as the first person: {came_to}")
        assert came_to != "yes", "a declaration of a person whom no agent approved was signed"

    async def _is_seen(self) -> None:
        """Call until an agent says yes; somebody else may stand in front of the camera next."""
        me = self.customer
        while True:
            await self.step("called", me.calls)
            call = await me.call_is("APPROVED", "REJECTED", "RETRY_NEEDED", "ABANDONED")
            if call["status"] == "APPROVED":
                break
            if call["status"] == "REJECTED":
                await me.kyc_is("DRAFT", "KYC_FAILED")
                if self.plan.second_person:
                    me.person = self._somebody_else()
                await me.declares()
                await me.photographs()
                assert (await me.verifies())["status"] == "KYC_PASSED"
        self.connected_as = {me.person.id_number}

    def _somebody_else(self) -> Person:
        self.note("another person")
        other = somebody("Trần Văn Mẫu Khác", woman=False)
        return replace(other, phone=self.customer.person.phone, email=self.customer.person.email)
