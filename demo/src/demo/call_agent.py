"""The steps of a call agent at the video desk, through public HTTP only."""

from typing import Any, Final

from demo import papers
from demo.customer import Customer
from demo.gateway import Refusal, until, when_ready
from demo.papers import Person
from demo.staff import Staff

DESK: Final = "/api/videocall/v1/desk"
CHECKED: Final = {
    "id_number": True,
    "full_name": True,
    "date_of_birth": True,
    "face": True,
    "same_person": True,
}


class CallAgent(Staff):
    """Sees customers by video and compares them with the record (P5.1)."""

    call_id: str

    async def rings(self) -> dict[str, Any] | None:
        """Be available, and look at the call that rings; a call left in hand is ended first."""
        queue = await self.gateway.get(f"{DESK}/queue")
        if queue["in_hand"]:
            await self.gateway.post(f"{DESK}/calls/{queue['in_hand']}/technical")
        if queue["offer"] is None:
            await self.gateway.put(f"{DESK}/shift", {"state": "AVAILABLE"})
        return dict(queue["offer"]) if queue["offer"] else None

    async def accepts(self, offer: dict[str, Any]) -> dict[str, Any] | None:
        """Take the call that rings into the hand, unless it has just gone."""
        call: dict[str, Any] | None = await self._says("accept", offer)
        if call:
            self.call_id = call["call_id"]
        return call

    async def answers(self, hold_id: str) -> dict[str, Any]:
        """Be available until this customer's call rings, and decline others meanwhile (P3.5)."""

        async def took() -> dict[str, Any] | None:
            if (offer := await self.rings()) is None:
                return None
            if offer["hold_id"] != hold_id:
                await self._says("decline", offer)
                return None
            return await self.accepts(offer)

        return await until("the customer's call to ring", took)

    async def is_offline(self) -> None:
        """Leave the desk: no call rings there any more."""
        await self.gateway.put(f"{DESK}/shift", {"state": "OFFLINE"})

    async def sees_the_case(self, hold_id: str) -> dict[str, Any]:
        """Read the record the customer is compared with (SD.2)."""
        look = lambda: self.gateway.get(f"/api/kyc/v1/cases/{hold_id}")  # noqa: E731
        case: dict[str, Any] = await when_ready("the case to know of the call", look)
        return case

    async def examines(self, person: Person) -> None:
        """See the customer pass every challenge, and take frames of the picture (P5.1)."""
        await self.sets_challenges()
        for kind in papers.OF_A_CALL:
            picture = papers.of_a_call(person, kind)
            await self.gateway.photo("POST", self._call(f"/photos/{kind}"), picture)

    async def sets_challenges(self) -> None:
        """Set each challenge that was drawn, and see it passed."""
        for challenge in (await self.gateway.get(self._call("")))["challenges"]:
            path = self._call(f"/challenges/{challenge['id']}")
            await self.gateway.post(f"{path}/issue")
            await self.gateway.post(f"{path}/result", {"result": "PASS"})

    async def asks_for_photos(self, customer: Customer) -> None:
        """Let the customer's own camera take every photo, and accept each (P5.1)."""
        for kind in papers.OF_A_CALL:
            await self.gateway.post(self._call(f"/photos/{kind}/request"), {})
            kept = await customer.sends_the_photo_asked_for()
            await self.gateway.post(
                self._call(f"/photos/{kind}/accept"), {"sha256": kept["sha256"]}
            )

    async def approves(self) -> None:
        """Approve the call (F5a.8 TH2, F5b.7 TH2)."""
        epoch = (await self.gateway.get(self._call("")))["epoch"]
        await self.gateway.post(self._call("/approve"), {"checklist": CHECKED, "epoch": epoch})

    async def rejects(self, reason_code: str) -> dict[str, Any]:
        """Reject the call with a reason (F5a.8 TH1, F5b.7 TH1)."""
        rejected: dict[str, Any] = await self.gateway.post(
            self._call("/reject"), {"reason_code": reason_code}
        )
        return rejected

    async def ends(self) -> None:
        """End the call without a verdict: the customer calls again first in line (G26)."""
        await self.gateway.post(self._call("/technical"))

    async def _says(self, verb: str, offer: dict[str, Any]) -> Any:
        path = f"{DESK}/calls/{offer['call_id']}/{verb}"
        try:
            return await self.gateway.post(path, {"epoch": offer["epoch"]})
        except Refusal as refusal:
            if refusal.slug not in ("offer-over", "no-such-call"):
                raise
            return None

    def _call(self, step: str) -> str:
        return f"{DESK}/calls/{self.call_id}{step}"
