"""Video calls on autopilot: an agent sees the customer and compares (SD.1, P5.1)."""

from collections.abc import Sequence
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
CHALLENGE_SECONDS: Final = timedelta(seconds=1.5)
"""The time that a challenge stands on the customer's screen."""
PHOTO_SECONDS: Final = timedelta(seconds=10)
"""The time that the customer's app has for a photo; a picture of the case stands for it then."""
PATIENCE: Final = timedelta(seconds=60)
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
            if not await self._examined(call, path) or lasted < CALL_SECONDS:
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

    async def _examined(self, call: Item, path: str) -> bool:
        """Go one step on with challenges and photos; tell whether all of them are there (P5.1).

        An app that shows challenges takes photos too; a program that does not is not waited for.
        """
        waiting = [c for c in call["challenges"] if c["result"] is None]
        if waiting:
            await self._set(waiting, f"{path}/challenges")
            return False
        has_app = any(challenge["shown_at"] for challenge in call["challenges"])
        if has_app and clock.now() - _judged_at(call) < PHOTO_SECONDS * len(STILLS):
            return await self._asked_for_photos(call, path)
        await self._keep_stills(call, path)
        return True

    async def _set(self, waiting: Sequence[Item], path: str) -> None:
        """Set a challenge; once the customer had a moment for it, pass it and set the next."""
        console, (present, *others) = self._staff.console(AGENT), waiting
        if present["issued_at"] is None:
            await console.post(f"{path}/{present['id']}/issue")
        elif clock.now() - datetime.fromisoformat(present["issued_at"]) >= CHALLENGE_SECONDS:
            await console.post(f"{path}/{present['id']}/result", {"result": "PASS"})
            for following in others[:1]:
                await console.post(f"{path}/{following['id']}/issue")

    async def _asked_for_photos(self, call: Item, path: str) -> bool:
        """Accept what has come, and ask for the next photo; tell whether all are accepted."""
        console = self._staff.console(AGENT)
        accepted = {photo["kind"] for photo in call["photos"] if photo["accepted"]}
        for photo in call["photos"]:
            if photo["accepted"] is None and photo["flaw"] is None:
                sha256 = {"sha256": photo["sha256"]}
                await console.post(f"{path}/photos/{photo['kind']}/accept", sha256)
                accepted.add(photo["kind"])
        missing = [kind for kind in STILLS if kind not in accepted]
        if missing and call["photo_request"] is None:
            await console.post(f"{path}/photos/{missing[0]}/request", {})
        return not missing

    async def _keep_stills(self, call: Item, path: str) -> None:
        """Look at the case, and keep its pictures as the call's stills (SD.2, P5.1)."""
        console, case = self._staff.console(AGENT), f"/api/kyc/v1/cases/{call['hold_id']}"
        kept = {photo["kind"] for photo in call["photos"] if photo["accepted"]}
        missing = {kind: image for kind, image in STILLS.items() if kind not in kept}
        if missing:
            await console.get(case)
        for kind, image in missing.items():
            picture = await console.get(f"{case}/images/{image}")
            await console.photo(f"{path}/photos/{kind}", picture)


def _judged_at(call: Item) -> datetime:
    """Return when the last challenge was judged: since then photos are asked for."""
    return max(datetime.fromisoformat(c["decided_at"]) for c in call["challenges"])
