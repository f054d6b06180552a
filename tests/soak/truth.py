"""The state of the whole suite and of the simulators, and the contradictions it must not have."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import psycopg
from psycopg.rows import dict_row
from sqlalchemy import make_url

SERVICES: Final = (
    *("identity", "catalog", "hold", "order", "shipping", "kyc", "videocall", "activation"),
    "notification",
)
KEPT: Final = ("PAID", "COD_COLLECTED")
OWED_AND_KNOWN: Final = ("REFUND_PENDING", "REFUNDED", "REFUND_FAILED")
"""On its way back, back, or on the list of those who transfer by hand."""

PENDING: Final = {
    "outbox": "select topic from outbox",
    "parked": "select topic, reason from parked",
    "task": "select kind, ref, attempts, due_at, last_error from task"
    " where done_at is null and listed_at is null and due_at < now() + interval '5 seconds'",
}

Row = dict[str, Any]


class Truth:
    """Every database, read as it is."""

    def __init__(self, server: str) -> None:
        self._server = make_url(server)

    def rows(self, database: str, query: str) -> list[Row]:
        """Ask one database."""
        url = self._server.set(drivername="postgresql", database=database)
        address = url.render_as_string(hide_password=False)
        with psycopg.connect(address, row_factory=dict_row) as connection:
            return connection.execute(query.encode()).fetchall()

    def pending(self) -> list[str]:
        """Name what is still on its way: events, parked events, tasks that are due."""
        return [
            f"{service}.{what}: {row}"
            for service in SERVICES
            for what, query in PENDING.items()
            for row in self.rows(service, query)
        ]


def faults(truth: Truth, persons: dict[str, set[str]]) -> Iterator[str]:
    """Say everything that must not be so. `persons`: by hold, who may be connected by it."""
    yield from _names(truth, persons)
    yield from _authority(truth)
    yield from _agreement(truth)
    yield from _money(truth)
    yield from _owners(truth)
    yield from _queues(truth)


def _names(truth: Truth, persons: dict[str, set[str]]) -> Iterator[str]:
    """Nobody is connected under another's name."""
    looked_at = {row["hold_id"] for row in truth.rows("activation", CASES)}
    holds = {row["msisdn"]: row for row in truth.rows("hold", KEPT_HOLDS)}
    for row in truth.rows("simulators", SUBSCRIBERS):
        hold = holds.get(row["msisdn"])
        if hold is None or (hold["status"] != "CONSUMED" and hold["id"] not in looked_at):
            yield f"{row['msisdn']} is connected, and no hold was consumed for it: {hold}"
        elif row["id_number"] not in persons.get(str(hold["id"]), set()):
            yield f"{hold['id']} is connected under a name that no agent saw"


def _authority(truth: Truth) -> Iterator[str]:
    """Nobody is connected by a revoked approval without a case for the connection desk."""
    approvals = truth.rows("videocall", CALLS)
    good = {row["hold_id"] for row in approvals if row["status"] == "APPROVED"}
    revoked = {row["hold_id"] for row in approvals if row["status"] == "REVOKED"} - good
    cases = {
        row["hold_id"]
        for row in truth.rows("activation", "select hold_id, closed_at from incident")
    }
    for row in truth.rows("activation", CONNECTED):
        if row["hold_id"] in revoked - cases:
            yield f"{row['hold_id']} is connected by a revoked approval, and there is no case"
        if row["hold_id"] not in good | revoked:
            yield f"{row['hold_id']} is connected without an approved call"


def _agreement(truth: Truth) -> Iterator[str]:
    """Let mSale, TC/QLKH and activation agree, one by one."""
    ours = {str(row["connection_id"]): row for row in truth.rows("activation", SENT)}
    looked_at = {row["hold_id"] for row in truth.rows("activation", CASES)}
    theirs = {row["connection_id"] for row in truth.rows("simulators", SUBSCRIBERS)}
    for row in truth.rows("simulators", AT_MSALE):
        ours_of_it = ours.get(row["id"])
        connected_here = bool(ours_of_it and ours_of_it["connected_at"])
        listed = bool(ours_of_it and ours_of_it["hold_id"] in looked_at)
        if row["state"] == "CONNECTED" and not connected_here and not listed:
            yield f"mSale connected {row['id']}, activation says {ours_of_it}"
        if (row["state"] == "CONNECTED") != (row["id"] in theirs):
            yield f"mSale and TC/QLKH disagree about {row['id']}: {row['state']}"
        if row["state"] in ("QUEUED", "CONNECTING"):
            yield f"an orphan at mSale: {row['id']} {row['state']}, activation says {ours_of_it}"
        if connected_here and row["state"] != "CONNECTED":
            yield f"activation connected {row['id']}, mSale says {row['state']}"


def _money(truth: Truth) -> Iterator[str]:
    """Every đồng is in an order that is kept, on its way back, or on a work list."""
    known = truth.rows("order", PAYMENTS)
    by_reference = {row["txn_ref"]: row for row in known if row["txn_ref"]}
    for paid in truth.rows("simulators", PAID_OUTSIDE):
        ours = by_reference.get(paid["txn_ref"])
        if ours is None or ours["status"] not in (*KEPT, *OWED_AND_KNOWN):
            yield f"{paid['amount_vnd']} ₫ were paid outside, order says {ours}"
    cash = {row["hold_id"] for row in known if row["status"] in (*KEPT, *OWED_AND_KNOWN)}
    for row in truth.rows("shipping", COLLECTED):
        if row["hold_id"] not in cash:
            yield f"cash was taken for {row['hold_id']}, and order does not know of it"
    yield from _kept_or_given_back(truth, known)


def _kept_or_given_back(truth: Truth, known: list[Row]) -> Iterator[str]:
    refunds: dict[Any, int] = defaultdict(int)
    for row in truth.rows("order", REFUNDS):
        if row["status"] in OWED_AND_KNOWN:
            refunds[row["payment_id"]] += row["amount_vnd"]
    for row in known:
        cancelled = row["order_status"] == "CANCELLED"
        if row["status"] in KEPT and cancelled and refunds[row["id"]] != row["amount_vnd"]:
            yield f"{row['amount_vnd']} ₫ of a cancelled order are not on their way back: {row}"
        if not cancelled and refunds[row["id"]] and row["id"] == row["paid_by"]:
            yield f"a kept order gave its money back: {row}"


def _owners(truth: Truth) -> Iterator[str]:
    """No number has two owners, or a live hold beside its owner."""
    for row in truth.rows("hold", TWO_LIVE_HOLDS):
        yield f"a number has {row['n']} live holds or owners: {row['number_id']}"
    for row in truth.rows("simulators", TWO_SUBSCRIBERS):
        yield f"{row['msisdn']} is connected {row['n']} times"
    owners = {row["id"] for row in truth.rows("hold", CONSUMED)}
    for row in truth.rows("activation", CONNECTED):
        if row["hold_id"] not in owners:
            yield f"{row['hold_id']} is connected, and its hold is not consumed"


def _queues(truth: Truth) -> Iterator[str]:
    """No queue holds somebody who is not there."""
    for row in truth.rows("videocall", LIVE_CALLS):
        yield f"a ghost in the call queue: {row}"
    looked_at = {row["hold_id"] for row in truth.rows("activation", CASES)}
    for row in truth.rows("activation", OPEN_DOSSIERS):
        if row["hold_id"] in looked_at:
            continue
        yield f"a ghost in the connection queue: {row}"
    for service in SERVICES:
        for row in truth.rows(service, "select topic, reason from dead_letter_decision"):
            yield f"{service} gave up {row['topic']}: {row['reason']}"


SUBSCRIBERS: Final = "select connection_id, msisdn, id_number from crm_subscribers"
CALLS: Final = 'select hold_id, status from "call"'
AT_MSALE: Final = "select id, state from msale_connections"
REFUNDS: Final = "select payment_id, amount_vnd, status from refund"
KEPT_HOLDS: Final = "select id, msisdn, status from hold where status in ('CONFIRMED', 'CONSUMED')"
CONSUMED: Final = "select id, msisdn from hold where status = 'CONSUMED'"
CONNECTED: Final = "select hold_id from activation where connected_at is not null"
CASES: Final = "select hold_id, closed_at from incident"
SENT: Final = (
    "select connection_id, hold_id, stage, connected_at from activation"
    " where connection_id is not null"
)
PAYMENTS: Final = (
    "select p.id, p.txn_ref, p.status, p.amount_vnd, p.hold_id, o.status as order_status, o.paid_by"
    ' from payment p join "order" o on o.id = p.order_id'
)
PAID_OUTSIDE: Final = "select txn_ref, amount_vnd from payments where state = 'PAID'"
COLLECTED: Final = "select hold_id from shipment where cod_collected_at is not null"
TWO_LIVE_HOLDS: Final = (
    "select number_id, count(*) n from hold where status in"
    " ('DRAFT', 'HELD', 'CONFIRMED', 'CONSUMED') group by number_id having count(*) > 1"
)
TWO_SUBSCRIBERS: Final = (
    "select msisdn, count(*) n from crm_subscribers group by msisdn having count(*) > 1"
)
LIVE_CALLS: Final = (
    'select hold_id, status from "call"'
    " where status in ('QUEUED', 'OFFERED', 'CONNECTING', 'IN_CALL', 'DROPPED')"
)
OPEN_DOSSIERS: Final = (
    "select hold_id, stage from activation where stage in ('SUBMITTED', 'QUEUED', 'CONNECTING')"
)
