"""A database of shipping with as many orders as one likes, written by SQL and not by events."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import psycopg

from kit.sealing import Sealer
from values.hold_codes import hold_code

FIRST: Final = 1_730_000_000_000
"""The moment of the first order, in milliseconds since 1970; one follows each half second."""
WARDS: Final = ("26740", "00070", "00167")

CODES: Final = 1000
"""How many orders have a hold code that checks itself."""
STATES: Final = (
    *(("DELIVERED", 820), ("CANCELLED", 60), ("RETURNED", 20), ("RETURNING", 10), ("LOST", 5)),
    *(("DAMAGED", 5), ("PENDING", 20), ("BOOKING", 5), ("BOOKED", 10), ("COLLECTION_FAILED", 5)),
    *(("READY_AT_STORE", 10), ("WITH_CHANNEL", 5), ("DELIVERING", 15), ("DELIVERY_RETRY", 4)),
    *(("WAITING_TO_RETURN", 3), ("EXCEPTION", 3)),
)
"""The share of each state, in thousandths."""

AT_STORE: Final = "('READY_AT_STORE')"
AT_CHANNEL: Final = "('WITH_CHANNEL')"
ANYWHERE: Final = "('DELIVERED', 'CANCELLED', 'PENDING')"


def uuid_of(kind: int, order: int) -> UUID:
    """Return the id of one of an order's things, in the order of their age."""
    return UUID(f"{FIRST + order * 500:012x}7{order % 4096:03x}8{kind:03x}{order:012x}")


def code_of(order: int) -> str:
    """Return the hold code of one of the first orders; the others' do not check themselves."""
    return hold_code(date(2026, 11, 2), f"{order:05d}")


def phone_of(order: int) -> str:
    """Return the recipient's phone: each twentieth is a person with many orders."""
    return f"8491{(order if order % 20 else order % 200) % 10_000_000:07d}"


def fill(dsn: str, orders: int, keys: Path) -> None:
    """Write orders of all states, ways and regions, and let the database know how many."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in _statements(orders):
            connection.execute(statement.encode())
        with connection.cursor() as cursor:
            columns = "id, hold_id, customer_id, kind, ward_code, region, doorstep, phone_index"
            rows = f"copy delivery ({columns}, changed_at) from stdin"
            with cursor.copy(rows.encode()) as copy:
                for row in _deliveries(orders, Sealer(keys, "shipping")):
                    copy.write_row(row)
        with connection.cursor() as cursor:
            codes = [(code_of(order), uuid_of(1, order)) for order in range(CODES)]
            cursor.executemany("update hold set hold_code = %s where id = %s", codes)
        for table in ("number", "hold", "shipment", "delivery"):
            connection.execute(f"vacuum analyze {table}".encode())
        connection.execute(_FOLD.encode())
        connection.execute(b"checkpoint")


def _deliveries(orders: int, sealer: Sealer) -> Iterator[tuple[object, ...]]:
    for order in range(orders):
        row_id, phone = uuid_of(4, order), phone_of(order)
        doorstep = {
            "recipient": f"Khách {order}",
            "phone": phone,
            "street": "1 Phố Mẫu",
            "note": None,
        }
        sealed = sealer.seal_json(doorstep, about=str(row_id))
        yield (
            *(row_id, uuid_of(1, order), uuid_of(5, order), "HOME", WARDS[order % 3], "KV2"),
            *(sealed, sealer.blind_index(phone), datetime.now(UTC)),
        )


def _id(kind: int) -> str:
    return (
        f"(lpad(to_hex({FIRST} + i * 500), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0')"
        f" || '8{kind:03x}' || lpad(to_hex(i), 12, '0'))::uuid"
    )


def _statements(orders: int) -> Iterator[str]:
    each = f"from generate_series(0::bigint, {orders - 1}) i"
    # ruff: noqa: S608, names and numbers are ours
    yield f"insert into number select {_id(3)}, '84' || lpad((700000000 + i)::text, 9, '0') {each}"
    yield (
        "insert into hold (id, hold_code, customer_id, number_id, sim, region, shop_code, paid)"
        f" select {_id(1)}, 'GS2611' || lpad(i::text, 8, '0'), {_id(5)}, {_id(3)}, 'PHYSICAL',"
        f" 'KV' || (1 + i % 9), '2HCM0001', true {each}"
    )
    drawn = f"select i, (i * 7919 + i / 1000) % 1000 as draw, i * 31 % 100 as way {each}"
    with_state = f"select *, {_state()} as status from ({drawn}) drawn"
    with_way = f"select *, {_way()} as delivery from ({with_state}) stated"
    yield (
        "insert into shipment (id, hold_id, order_id, delivery, delivery_id, store_code, payment,"
        " cod_due_vnd, status, placed_at, carrier, tracking_code, sim_serial, since, overdue,"
        " delivered_at, version)"
        f" select {_id(2)}, {_id(1)}, {_id(6)}, delivery,"
        f" case when delivery = 'HOME' then {_id(4)} end,"
        " case when delivery = 'STORE' then '2HCM000' || (1 + i % 4) end,"
        " case when delivery = 'CHANNEL' or i % 20 = 0 then 'CHANNEL'"
        "      when i % 2 = 0 then 'ONLINE' else 'COD' end,"
        " case when i % 2 = 0 then 0 else 110000 end, status,"
        " now() - make_interval(secs => 60 + i % 86400), 'ghn', 'G' || i,"
        " case when status not in ('PENDING', 'BOOKING')"
        "      then lpad((8984000000 + i)::text, 13, '0') end,"
        " now() - make_interval(secs => 60 + i % 86400),"
        " i % 3 = 0 and status not in ('DELIVERED', 'CANCELLED', 'RETURNED', 'LOST', 'DAMAGED'),"
        " case when status = 'DELIVERED' then now() - make_interval(days => (i % 300)::int) end, 1"
        f" from ({with_way}) as fill"
    )


def _state() -> str:
    cases, upto = [], 0
    for state, share in STATES:
        upto += share
        cases.append(f"when draw < {upto} then '{state}'")
    return f"case {' '.join(cases)} end"


def _way() -> str:
    drawn = "case when way < 60 then 'HOME' when way < 90 then 'STORE' else 'CHANNEL' end"
    return (
        f"case when status in {AT_STORE} then 'STORE' when status in {AT_CHANNEL} then 'CHANNEL'"
        f" when status in {ANYWHERE} then {drawn} else 'HOME' end"
    )


_FOLD: Final = """
with taken as (delete from shipment_count_change returning *)
insert into shipment_count select region, status, overdue, delivery, payment, sum(number)
from taken group by 1, 2, 3, 4, 5
"""
