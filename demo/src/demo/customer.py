"""The customer's steps of joining the network: papers, call, signature, scan (flows 5a and 5b)."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

from demo import papers
from demo.gateway import Refusal, until, when_ready
from demo.shopper import Shopper

CONSENTS: Final = ["CONTRACT", "IDENTITY_CHECK", "CALL_RECORDING"]


class Customer(Shopper):
    """A shopper who has a slip and wants to be connected."""

    session_id: str
    call_id: str
    waiting: asyncio.Task[None]

    async def starts_activation(self) -> None:
        """Press "Hòa mạng" on the slip (F5a.2, F5a.3, F5b.1, F5b.2)."""
        ask = lambda: self.gateway.post("/api/kyc/v1/sessions", {"hold_id": self.hold_id})  # noqa: E731
        session = await when_ready("the activation to be open", ask)
        self.session_id = session["session_id"]

    async def declares(self, **changes: Any) -> None:
        """Check and correct the registration information (F5a.4, F5b.3)."""
        body = {
            "full_name": self.person.full_name,
            "date_of_birth": self.person.date_of_birth.isoformat(),
            "sex": self.person.sex,
            "id_number": self.person.id_number,
            "nationality": "VN",
            "address": self.person.street,
            "ward_code": self.person.ward_code,
            "document_kind": "CC",
        }
        await self.gateway.put(self._session("/declaration"), body | changes)

    async def photographs(self, *, card: Any = None, face: Any = None) -> None:
        """Photograph both sides of the card, and the face (F5a.5, F5b.4)."""
        flaws, look = card or {}, face or {}
        pictures = {
            "FRONT": papers.card(self.person, "FRONT", **flaws),
            "BACK": papers.card(self.person, "BACK", **flaws),
            "PORTRAIT": papers.portrait(self.person, **look),
        }
        for kind, picture in pictures.items():
            await self.gateway.photo(
                "PUT",
                self._session(f"/images/{kind}"),
                picture,
                **{"X-Captured-At": datetime.now(UTC).isoformat()},
            )

    async def verifies(self) -> dict[str, Any]:
        """Press "Xác thực thông tin" and wait for mobi eKYC (F5a.6, F5a.7, F5b.5, F5b.6)."""
        await self.gateway.post(self._session("/verify"))
        return await self.kyc_is("KYC_PASSED", "KYC_FAILED", "NEEDS_REVIEW")

    async def kyc_is(self, *statuses: str) -> dict[str, Any]:
        """Look at the identity check until it has one of these statuses."""

        async def now() -> dict[str, Any] | None:
            session: dict[str, Any] = await self.gateway.get(self._session())
            return session if session["status"] in statuses else None

        return await until(f"the identity check to be {statuses}", now)

    async def shows_papers(self) -> dict[str, Any]:
        """Go from "Hòa mạng" to a verdict about the papers (F5a.2 to F5a.7)."""
        await self.starts_activation()
        await self.declares()
        await self.photographs()
        return await self.verifies()

    async def calls(self) -> dict[str, Any]:
        """Agree to the call and its recording, and call the verification team (F5a.8, F5b.7)."""
        wish = {"hold_id": self.hold_id, "consent": await self.agrees()}
        ask = lambda: self.gateway.post("/api/videocall/v1/calls", wish)  # noqa: E731
        call: dict[str, Any] = await when_ready("the call team to know the case", ask)
        self.call_id = call["call_id"]
        self.gateway.meanwhile(self._stays_on_the_line())
        return call

    async def agrees(self) -> dict[str, Any]:
        """Read the text about calls, and agree to each purpose of it."""
        text = await self.gateway.get("/api/videocall/v1/consent-text")
        yes = {name: text[name] for name in ("version", "sha256", "locale")}
        return yes | {"purposes": [purpose["purpose"] for purpose in text["purposes"]]}

    async def _stays_on_the_line(self) -> None:
        """Keep the place in the queue, as an app does whose screen shows the place."""
        path = f"/api/videocall/v1/calls/{self.call_id}"
        with suppress(Refusal):  # the call may be gone before anybody answers
            while True:
                call = await self.gateway.get(path)
                if call["status"] not in ("QUEUED", "OFFERED"):
                    return
                await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def sends_the_photo_asked_for(self) -> dict[str, Any]:
        """Take the photo that the agent asks for, as the app does by itself (P5.1)."""
        path = f"/api/videocall/v1/calls/{self.call_id}"

        async def asked() -> dict[str, Any] | None:
            request: dict[str, Any] | None = (await self.gateway.get(path))["photo_request"]
            return request

        request = await until("a photo to be asked for", asked)
        picture = papers.of_a_call(self.person, request["kind"])
        kept: dict[str, Any] = await self.gateway.photo(
            "POST", f"{path}/photos/{request['id']}", picture
        )
        return kept

    async def call_is(self, *statuses: str) -> dict[str, Any]:
        """Look at the call until it has one of these statuses."""

        async def now() -> dict[str, Any] | None:
            call: dict[str, Any] = await self.gateway.get(f"/api/videocall/v1/calls/{self.call_id}")
            return call if call["status"] in statuses else None

        return await until(f"the call to be {statuses}", now)

    async def enters_serial(self, serial: str) -> None:
        """Enter the serial and photograph the SIM (F5a.9)."""
        put = lambda: self.gateway.put(self._activation("/sim"), {"sim_serial": serial})  # noqa: E731
        await when_ready("the parcel to be known", put)
        await self.gateway.photo("PUT", self._activation("/sim-photo"), papers.sim_card(serial))

    async def signs(self) -> dict[str, Any]:
        """Read the form, draw the signature, confirm with the code by SMS (F5a.9, F5b.8)."""
        form = await self.gateway.get(self._session("/declaration"))
        body = {
            "declaration": form["declaration"],
            "signature_png_base64": papers.signature(self.person),
            "phone_proof": await self.proves_phone("SIGN"),
            "consents": CONSENTS,
        }
        sign = lambda: self.gateway.post(self._activation("/signature"), body)  # noqa: E731
        signed: dict[str, Any] = await when_ready("the call's approval to be known", sign)
        return signed

    async def sends(self) -> dict[str, Any]:
        """Press "Gửi thông tin hòa mạng" (F5a.10, F5b.9)."""
        sent: dict[str, Any] = await self.gateway.post(self._activation("/submit"))
        return sent

    async def activation_is(self, *statuses: str) -> dict[str, Any]:
        """Look at the activation until it has one of these statuses."""

        async def now() -> dict[str, Any] | None:
            try:
                activation: dict[str, Any] = await self.gateway.get(self._activation())
            except Refusal as refusal:
                if refusal.status == NOT_KNOWN_YET:
                    return None
                raise
            return activation if activation["status"] in statuses else None

        return await until(f"the activation to be {statuses}", now)

    async def opens_the_esim(self, journey: str | None = None) -> dict[str, Any]:
        """Open the eSIM card with QR code, links and manual code (F5b.13, F5b.14)."""
        path = f"/api/activation/v1/activations/{journey or self.hold_id}/esim"
        card: dict[str, Any] = await self.gateway.get(path)
        return card

    async def sees_the_qr(self, journey: str | None = None) -> bytes:
        """See the QR code as a picture (F5b.13)."""
        path = f"/api/activation/v1/activations/{journey or self.hold_id}/esim.png"
        picture: bytes = await self.gateway.get(path)
        return picture

    async def scans(self, result: str = "SUCCEEDED", **reason: str) -> dict[str, Any]:
        """Press "Quét QR thành công" or "thất bại" (F5b.15, F5b.17)."""
        after: dict[str, Any] = await self.gateway.post(
            self._activation("/esim/scan"), {"result": result} | reason
        )
        return after

    async def inbox(self) -> list[dict[str, Any]]:
        """Read the in-app inbox (F5a.15, F5b.16)."""
        return list((await self.gateway.get("/api/notification/v1/me/inbox"))["items"])

    def _session(self, step: str = "") -> str:
        return f"/api/kyc/v1/sessions/{self.session_id}{step}"

    def _activation(self, step: str = "") -> str:
        return f"/api/activation/v1/activations/{self.hold_id}{step}"


NOT_KNOWN_YET: Final = 404
LOOK_AGAIN_SECONDS: Final = 3.0
