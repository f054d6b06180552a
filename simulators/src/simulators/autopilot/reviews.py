"""Reviews on autopilot: an officer compares the open points with the registry (G27)."""

from typing import Any, Final

from simulators.autopilot.console import Refusal
from simulators.autopilot.staff import Item, LeftToPeople, Staff

OFFICER: Final = "officer9"
"""A reviewer of every region."""
PAPER: Final = ("id_number", "full_name", "date_of_birth")
SUSPICION: Final = "FRAUD_SUSPECTED"
_CASES: Final = "/api/kyc/v1/cases"


class Reviews:
    """The cases that the machine could not decide."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def work(self) -> None:
        """Decide each waiting case. Raises Unreachable."""
        for case in await self._staff.console(OFFICER).items(_CASES, waiting_for="REVIEW"):
            await self._staff.handle(case, self._review)

    async def _review(self, case: Item) -> None:
        """Claim a case and pass it, or refuse it for what the registry has settled."""
        if any(reason["code"] == SUSPICION for reason in case["reasons"]):
            raise LeftToPeople("Nghi gian lận: một người phải xem xét")
        console, path = self._staff.console(OFFICER), f"{_CASES}/{case['hold_id']}"
        view = await console.post(f"{path}/claim")
        try:
            yes = {"decision": "PASS", "findings": findings(view)}
            await console.post(f"{path}/review", yes)
        except Refusal as refusal:
            if refusal.slug != "settled-otherwise":
                raise
            no = {"decision": "FAIL", "reason_code": refusal.problem["reason_codes"][0]}
            await console.post(f"{path}/review", no)
            await self._staff.note("Người xem xét", "từ chối giấy tờ", case)
        else:
            await self._staff.note("Người xem xét", "đối chiếu và duyệt giấy tờ", case)


def findings(view: Item) -> dict[str, Any]:
    """Return a comparison with the registry for each field of the paper that is open."""
    answer = {"compared_with": "REGISTRY", "reference": f"CSDLQG/{view['session_id'][-12:]}"}
    return {field: answer for field in PAPER if view["verdict"].get(field) != "PASS"}
