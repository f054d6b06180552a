"""Video calls on autopilot: an agent sees the customer and compares (SD.1, P5.1)."""

from datetime import datetime, timedelta
from typing import Final

from kit import clock
from simulators.autopilot.console import Refusal
from simulators.autopilot.staff import Item, Staff

AGENT: Final = "agent9"
"""An agent of every region, who never decides about connections."""
CHECKED: Final = {
    "id_number": True,
    "full_name": True,
    "date_of_birth": True,
    "face": True,
    "same_person": True,
}
STILLS: Final = {
    "FACE": "PORTRAIT",
    "FRONT": "FRONT",
    "BACK": "BACK",
    "FACE_WITH_ID": "PORTRAIT",
}
"""The stills of a call, and the pictures of the case that stand for them."""
CALL_SECONDS: Final = timedelta(seconds=4)
"""The least time of a call, so that its customer sees it."""
PATIENCE: Final = timedelta(seconds=20)
"""Time after which a call that cannot be approved is ended; the customer calls again first."""
_DESK: Final = "/api/videocall/v1/desk"


class Calls:
    """The queue of the call teams, one call after the other."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def work(self) -> None:
        """Go on with the call in hand, or answer the one that rings. Raises Unreachable.

        The agent is available only when somebody waits, so that people at their desks come first.
        """
        console = self._staff.console(AGENT)
        queue = await console.get(f"{_DESK}/queue")
        if call_id := queue.get("in_hand"):
            call = await console.get(f"{_DESK}/calls/{call_id}")
            if call["status"] == "IN_CALL":
                await self._staff.handle(call, self._compare)
        elif offer := queue.get("offer"):
            is_demo_data = self._staff.simulation.population.has(str(offer["hold_id"]))
            verb = "decline" if is_demo_data else "accept"
            await console.post(
                f"{_DESK}/calls/{offer['call_id']}/{verb}", {"epoch": offer["epoch"]}
            )
        elif queue.get("waiting"):
            await console.put(f"{_DESK}/shift", {"state": "AVAILABLE"})

    async def _compare(self, call: Item) -> None:
        """Compare person and record, and approve; end a call in which that is impossible."""
        lasted = clock.now() - datetime.fromisoformat(call["started_at"])
        path = f"{_DESK}/calls/{call['call_id']}"
        try:
            await self._set_challenges(call, path)
            await self._keep_stills(call, path)
            if lasted < CALL_SECONDS:
                return
            approval = {"checklist": CHECKED, "epoch": call["epoch"]}
            await self._staff.console(AGENT).post(f"{path}/approve", approval)
        except Refusal:
            if lasted < PATIENCE:  # what speaks against it may be an event on its way
                return
            await self._staff.console(AGENT).post(f"{path}/technical")
            await self._staff.note("Tổ video call", "kết thúc cuộc gọi, khách gọi lại", call)
        else:
            await self._staff.note("Tổ video call", "đối chiếu, chụp ảnh và duyệt cuộc gọi", call)

    async def _set_challenges(self, call: Item, path: str) -> None:
        """Set the challenges one after the other, and see each passed (P5.1)."""
        console = self._staff.console(AGENT)
        for challenge in call["challenges"]:
            if challenge["result"] is None:
                await console.post(f"{path}/challenges/{challenge['id']}/issue")
                result = {"result": "PASS"}
                await console.post(f"{path}/challenges/{challenge['id']}/result", result)

    async def _keep_stills(self, call: Item, path: str) -> None:
        """Look at the case, and keep its pictures as the call's stills (SD.2, P5.1)."""
        console, case = self._staff.console(AGENT), f"/api/kyc/v1/cases/{call['hold_id']}"
        kept = {photo["kind"] for photo in call["photos"]}
        missing = {kind: image for kind, image in STILLS.items() if kind not in kept}
        if missing:
            await console.get(case)
        for kind, image in missing.items():
            picture = await console.get(f"{case}/images/{image}")
            await console.photo(f"{path}/photos/{kind}", picture)
