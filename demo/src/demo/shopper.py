"""The customer's steps to a number: account, search, hold, order, payment (flows 1 to 4)."""

from typing import Any, Final

from demo.gateway import Gateway, Refusal, until, when_ready
from demo.outside import Outside
from demo.papers import Person

PASSWORD: Final = "mot-mat-khau-dai"  # noqa: S105, of somebody who does not exist
TAKEN: Final = ("number-taken", "number-resting")
"""The problems of a number that another customer has, or had until just now: choose another."""


class Shopper:
    """A customer on the way to a number."""

    def __init__(self, gateway: Gateway, outside: Outside, person: Person) -> None:
        self.gateway, self.outside, self.person = gateway, outside, person
        self.hold: dict[str, Any] = {}
        self.delivery: str | None = None
        self.order: dict[str, Any] = {}

    @property
    def hold_id(self) -> str:
        """The name of the journey."""
        return str(self.hold["hold_id"])

    # flow 1

    async def registers(self) -> None:
        """Register and activate the account with the code that comes by SMS (F1.3 to F1.12)."""
        seen = await self._texts_so_far()
        begun = await self.gateway.post(
            "/api/identity/v1/registrations", {"phone": self.person.phone, "password": PASSWORD}
        )
        code = await self.outside.code(self.person.phone, seen=seen)
        tokens = await self.gateway.post(
            f"/api/identity/v1/registrations/{begun['registration_id']}/otp", {"code": code}
        )
        await self._enter(tokens)

    async def signs_in(self, password: str = PASSWORD) -> None:
        """Sign in with phone and password (F1.13 to F1.18)."""
        tokens = await self.gateway.post(
            "/api/identity/v1/sessions", {"phone": self.person.phone, "password": password}
        )
        await self._enter(tokens)

    async def _enter(self, tokens: dict[str, Any]) -> None:
        self.gateway = self.gateway.as_(tokens["access_token"])
        await self.gateway.put("/api/notification/v1/me/contacts", {"locale": "vi"})

    async def proves_phone(self, purpose: str) -> str:
        """Ask for a code by SMS and return the proof that it came back."""
        seen = await self._texts_so_far()
        asked = await self.gateway.post(
            "/api/identity/v1/phone-challenges", {"phone": self.person.phone, "purpose": purpose}
        )
        code = await self.outside.code(self.person.phone, seen=seen)
        proven = await self.gateway.post(
            f"/api/identity/v1/phone-challenges/{asked['challenge_id']}/verify", {"code": code}
        )
        return str(proven["phone_proof"])

    async def _texts_so_far(self) -> set[str]:
        return {text["message_id"] for text in await self.outside.texts(self.person.phone)}

    # flow 3

    async def finds(self, mask: str = "*", **filters: Any) -> dict[str, Any]:
        """Search and choose the first number that is free (P1.1, P1.2)."""
        answer = await self.gateway.get("/api/catalog/v1/numbers", mask=mask, **filters)
        assert answer["items"], f"no number like {mask}"
        chosen: dict[str, Any] = answer["items"][0]
        return chosen

    async def holds(self, number: dict[str, Any], sim: str) -> None:
        """Press "Giữ số": the number is locked while the form is open (F3.1, F3.2)."""
        self.hold = await self.gateway.post(
            "/api/hold/v1/holds", {"offer": number["offer"], "sim": sim}
        )

    async def finds_and_holds(self, sim: str, mask: str = "*", **filters: Any) -> dict[str, Any]:
        """Hold the first number that no other customer takes in the same moment."""

        async def held() -> dict[str, Any] | None:
            answer = await self.gateway.get(
                "/api/catalog/v1/numbers", mask=mask, limit=20, **filters
            )
            for number in answer["items"]:
                try:
                    await self.holds(number, sim)
                except Refusal as refusal:
                    if refusal.slug not in TAKEN:
                        raise
                else:
                    return dict(number)
            return None

        return await until("a number that is still free", held)

    def form(self, **changes: Any) -> dict[str, Any]:
        """Return the registration form, filled in (F3.3)."""
        return {
            "full_name": self.person.full_name,
            "date_of_birth": self.person.date_of_birth.isoformat(),
            "sex": self.person.sex,
            "id_number": self.person.id_number,
            "nationality": "VN",
            "contact_phone": self.person.phone,
            "email": self.person.email,
            "address": self.person.street,
            "ward_code": self.person.ward_code,
        } | changes

    async def fills_in_the_form(self, **changes: Any) -> None:
        """Fill in the form and press "Tiếp tục": the slip is issued (F3.3, F3.4)."""
        self.hold = await self.gateway.put(
            f"/api/hold/v1/holds/{self.hold_id}/registration", self.form(**changes)
        )

    async def chooses_home(self) -> str:
        """Choose home delivery and fill in the delivery form (F3.8 TH1, F3.10)."""
        return await self._delivery(
            {
                "delivery": "HOME",
                "recipient": self.person.full_name,
                "phone": self.person.phone,
                "ward_code": self.person.ward_code,
                "street": self.person.street,
            }
        )

    async def chooses_store(self, store_code: str) -> str:
        """Choose to fetch the SIM at a store (F3.8 TH2, F3.9)."""
        return await self._delivery({"delivery": "STORE", "store_code": store_code})

    async def _delivery(self, body: dict[str, Any]) -> str:
        self.delivery = body["delivery"]
        path = f"/api/shipping/v1/deliveries/{self.hold_id}"
        chosen = await when_ready("shipping to know the hold", lambda: self.gateway.put(path, body))
        return str(chosen["delivery_choice"])

    async def sees_the_price(self, payment: str) -> dict[str, Any]:
        """Look at what is due, with the promotion in full, before paying (SB.7)."""
        path = f"/api/order/v1/quotes/{self.hold_id}"
        ask = lambda: self.gateway.get(path, payment=payment, delivery=self.delivery)  # noqa: E731
        quote: dict[str, Any] = await when_ready("the price", ask)
        return quote

    async def orders(
        self, payment: str, *, delivery_choice: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """Confirm form, delivery and payment (F3.11 to F3.13, F4.1)."""
        quote = await self.sees_the_price(payment)
        promotion = quote.get("promotion")
        body = {
            "hold_id": self.hold_id,
            "payment": payment,
            "accepted_total_vnd": quote["total_vnd"],
            "accepted_promotion": promotion["code"] if promotion else None,
        }
        if delivery_choice:
            body["delivery_choice"] = delivery_choice
        else:
            body |= {"email": self.person.email, "ward_code": self.person.ward_code}
        self.order = await self.gateway.post("/api/order/v1/orders", body | more)
        if word := self.order["contact"]:  # where the mail about the eSIM goes (F5b.13)
            await self.gateway.put("/api/notification/v1/me/order-contact", {"contact": word})
        return self.order

    async def pays(self, outcome: str = "SUCCEED") -> None:
        """Pay on the gateway's page (F3.6 TH1, F3.12 TH1)."""
        await self.outside.pay(self.order["payment_url"], outcome)

    async def order_is(self, *statuses: str) -> dict[str, Any]:
        """Look at the order until it has one of these statuses."""
        path = f"/api/order/v1/orders/{self.order['order_id']}"

        async def now() -> dict[str, Any] | None:
            order: dict[str, Any] = await self.gateway.get(path)
            return order if order["status"] in statuses else None

        return await until(f"the order to be {statuses}", now)

    async def hold_is(self, *statuses: str) -> dict[str, Any]:
        """Look at the slip until it has one of these statuses (F3.14)."""

        async def now() -> dict[str, Any] | None:
            hold: dict[str, Any] = await self.gateway.get(f"/api/hold/v1/holds/{self.hold_id}")
            return hold if hold["status"] in statuses else None

        return await until(f"the hold to be {statuses}", now)

    async def cancels(self, reason_code: str = "CHANGED_MIND") -> Any:
        """Cancel the order (F4.3 TH1, F4.10 TH1)."""
        return await self.gateway.post(
            f"/api/order/v1/orders/{self.order['order_id']}/cancel", {"reason_code": reason_code}
        )

    async def timeline(self) -> list[dict[str, Any]]:
        """Read the journey's time line."""
        answer = await self.gateway.get(f"/api/order/v1/journeys/{self.hold_id}/timeline")
        return list(answer["items"])
