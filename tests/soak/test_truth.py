"""Faults that the soak looks for, planted: each kind is found, and a whole suite has none."""

from typing import Any, Final

import pytest
from tests.soak import truth
from tests.soak.truth import Truth, faults

HOLD, CONNECTION, PAYMENT, NUMBER = "hold-1", "connection-1", "payment-1", "84931266868"
Rows = dict[tuple[str, str], list[dict[str, Any]]]

DOSSIERS: Final = ("activation", truth.SENT)
CONNECTED: Final = ("activation", truth.CONNECTED)
CASES: Final = ("activation", truth.CASES)
CALLS: Final = ("videocall", truth.CALLS)
AT_MSALE: Final = ("simulators", truth.AT_MSALE)
SUBSCRIBERS: Final = ("simulators", truth.SUBSCRIBERS)
HOLDS: Final = ("hold", truth.KEPT_HOLDS)
OWNERS: Final = ("hold", truth.CONSUMED)
PAYMENTS: Final = ("order", truth.PAYMENTS)
PAID: Final = ("simulators", truth.PAID_OUTSIDE)


def whole() -> Rows:
    """Tell of one customer who paid online and is connected."""
    dossier = {"connection_id": CONNECTION, "hold_id": HOLD, "stage": "ACTIVATED"}
    payment = {"id": PAYMENT, "txn_ref": "T1", "status": "PAID", "amount_vnd": 525_000}
    order = {"hold_id": HOLD, "order_status": "DELIVERED", "paid_by": PAYMENT}
    return {
        DOSSIERS: [dossier | {"connected_at": "now"}],
        CONNECTED: [{"hold_id": HOLD}],
        CALLS: [{"hold_id": HOLD, "status": "APPROVED"}],
        AT_MSALE: [{"id": CONNECTION, "state": "CONNECTED"}],
        SUBSCRIBERS: [{"connection_id": CONNECTION, "msisdn": NUMBER, "id_number": "person-1"}],
        HOLDS: [{"id": HOLD, "msisdn": NUMBER, "status": "CONSUMED"}],
        OWNERS: [{"id": HOLD, "msisdn": NUMBER}],
        PAYMENTS: [payment | order],
        PAID: [{"txn_ref": "T1", "amount_vnd": 525_000}],
    }


class Told(Truth):
    """Databases that hold what a test says."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def rows(self, database: str, query: str) -> list[dict[str, Any]]:
        return self._rows.get((database, query), [])


def faults_of(rows: Rows) -> list[str]:
    return list(faults(Told(rows), {HOLD: {"person-1"}}))


def test_a_whole_suite_has_no_fault() -> None:
    assert faults_of(whole()) == []


PLANTS: Final[dict[str, tuple[Rows, str]]] = {
    "another name": (
        {SUBSCRIBERS: [{"connection_id": CONNECTION, "msisdn": NUMBER, "id_number": "person-2"}]},
        "under a name that no agent saw",
    ),
    "a revoked approval": ({CALLS: [{"hold_id": HOLD, "status": "REVOKED"}]}, "there is no case"),
    "no call": ({CALLS: []}, "without an approved call"),
    "an orphan at mSale": (
        {AT_MSALE: [*whole()[AT_MSALE], {"id": "another", "state": "QUEUED"}]},
        "an orphan at mSale",
    ),
    "mSale connected alone": ({DOSSIERS: []}, "activation says None"),
    "TC/QLKH connected nobody": ({SUBSCRIBERS: []}, "mSale and TC/QLKH disagree"),
    "we connected alone": ({AT_MSALE: [{"id": CONNECTION, "state": "REFUSED"}]}, "mSale says"),
    "money nobody heard of": ({PAYMENTS: []}, "were paid outside"),
    "money of a cancelled order": (
        {PAYMENTS: [whole()[PAYMENTS][0] | {"order_status": "CANCELLED"}]},
        "not on their way back",
    ),
    "money given back for a kept order": (
        {
            ("order", truth.REFUNDS): [
                {"payment_id": PAYMENT, "amount_vnd": 525_000, "status": "REFUNDED"}
            ]
        },
        "a kept order gave its money back",
    ),
    "cash nobody knows of": (
        {("shipping", truth.COLLECTED): [{"hold_id": "another"}]},
        "cash was taken",
    ),
    "two owners": (
        {("hold", truth.TWO_LIVE_HOLDS): [{"number_id": "n", "n": 2}]},
        "2 live holds or owners",
    ),
    "two subscribers": (
        {("simulators", truth.TWO_SUBSCRIBERS): [{"msisdn": NUMBER, "n": 2}]},
        "connected 2 times",
    ),
    "a hold that was not consumed": ({OWNERS: []}, "its hold is not consumed"),
    "a ghost in the call queue": (
        {("videocall", truth.LIVE_CALLS): [{"hold_id": HOLD, "status": "QUEUED"}]},
        "a ghost in the call queue",
    ),
    "a ghost at the connection desk": (
        {("activation", truth.OPEN_DOSSIERS): [{"hold_id": HOLD, "stage": "QUEUED"}]},
        "a ghost in the connection queue",
    ),
}


@pytest.mark.parametrize(("planted", "says"), PLANTS.values(), ids=PLANTS.keys())
def test_a_planted_fault_is_found(planted: Rows, says: str) -> None:
    assert any(says in fault for fault in faults_of(whole() | planted))


def test_a_case_for_the_connection_desk_is_no_fault() -> None:
    revoked = {CALLS: [{"hold_id": HOLD, "status": "REVOKED"}]}
    assert faults_of(whole() | revoked | {CASES: [{"hold_id": HOLD, "closed_at": None}]}) == []
