"""Rules by which staff on autopilot decide."""

from simulators.autopilot.leftovers import Leftovers
from simulators.autopilot.parcels import new_serial, next_report
from simulators.autopilot.reviews import findings
from simulators.carrier.statuses import Action
from values.sim_serials import parse_sim_serial

HOLD = "0199c0de-0000-7000-8000-000000000001"


def test_the_courier_brings_what_goes_well_and_leaves_what_a_person_let_go_wrong() -> None:
    """F4.13.2 to F4.21."""
    reports, status = [], "ready_to_pick"
    for leads_to in ("picked", "delivering", "delivered"):
        reports.append(next_report(status))
        status = leads_to
    assert reports == [Action.PICKED, Action.DELIVERING, Action.DELIVERED]
    for status in ("delivered", "delivery_fail", "waiting_to_return", "exception", "lost"):
        assert next_report(status) is None


def test_a_serial_has_its_check_digit() -> None:
    """TC/QLKH knows an ICCID by it."""
    assert all(parse_sim_serial(new_serial()) for _ in range(200))


def test_only_the_open_fields_of_the_paper_are_compared() -> None:
    """A doubtful face is the agent's to judge (LAW08)."""
    view = {
        "session_id": HOLD,
        "verdict": {"id_number": "PASS", "full_name": "REVIEW", "face": "REVIEW"},
    }

    assert sorted(findings(view)) == ["date_of_birth", "full_name"]


def test_each_refusal_doubles_the_pause_before_the_next_try() -> None:
    leftovers = Leftovers()
    pauses = [leftovers.leave("k", hold_id=HOLD, hold_code="", reason="no") for _ in range(10)]
    assert pauses[:3] == [2, 4, 8]
    assert pauses[-1] == 300
    assert leftovers.is_resting("k")

    leftovers.forget("k")

    assert not leftovers.is_resting("k")
