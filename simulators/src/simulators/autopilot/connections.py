"""Connections on autopilot: an officer looks at the dossier and permits (P4.1, P6.1)."""

from typing import Final

from simulators.autopilot.console import Refusal
from simulators.autopilot.staff import Item, LeftToPeople, Staff

OFFICER: Final = "officer9"
"""An officer of every region, who never takes calls: nobody permits what they approved."""
_DESK: Final = "/api/activation/v1/desk"


class Connections:
    """The connection queue."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def work(self) -> None:
        """Decide about each waiting dossier. Raises Unreachable."""
        for dossier in await self._staff.console(OFFICER).items(f"{_DESK}/queue", stage="QUEUED"):
            await self._staff.handle(dossier, self._confirm)

    async def _confirm(self, dossier: Item) -> None:
        """Claim a dossier, look at what was signed, and permit the connection (P6.1)."""
        if dossier["missing"]:
            raise LeftToPeople(f"Hồ sơ còn thiếu: {', '.join(dossier['missing'])}")
        console, path = self._staff.console(OFFICER), f"{_DESK}/{dossier['hold_id']}"
        await console.post(f"{path}/claim")
        await console.get(f"{path}/dossier")
        await console.get(f"{path}/signature")
        try:
            await console.post(f"{path}/confirm")
        except Refusal:
            await console.post(f"{path}/release")
            raise
        await self._staff.note("Tổ đấu nối", "xem hồ sơ và xác nhận cho đấu nối", dossier)
