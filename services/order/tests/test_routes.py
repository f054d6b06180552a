"""Refusals of every route, and tables that are those of the migrations."""

from typing import Any
from uuid import UUID

import pytest
from services.order.tests.parcels import says
from services.order.tests.world import World
from sqlalchemy import update

from events import ShipmentHandedOver, SubjectErased
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import assert_migrated, client
from kit.tokens import Verifier
from order.tables import metadata, orders


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("order", metadata, db)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/orders/{order_id}", None),
        ("GET", "/v1/orders/by-hold/{hold_id}", None),
        ("GET", "/v1/orders/{order_id}/invoice", None),
        ("POST", "/v1/orders/{order_id}/payments", None),
        ("POST", "/v1/orders/{order_id}/cancel", {"reason_code": "CHANGED_MIND"}),
    ],
)
async def test_another_customers_order_looks_like_none(
    world: World, method: str, path: str, body: Any
) -> None:
    order = await world.place(await world.hold())
    url = path.format(**order)

    stranger = await world.customer(uuid7()).request(method, url, json=body)
    nobody = await client(world.app).request(method, url, json=body)

    assert (stranger.status_code, nobody.status_code) == (404, 401)
    assert (await world.customer(uuid7()).get("/v1/orders")).json()["items"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/orders", {}),
        ("/v1/orders", {"hold_id": "no", "payment": "ONLINE", "accepted_total_vnd": 1}),
        ("/v1/orders/{order_id}/cancel", {"reason_code": "because I say so"}),
        ("/v1/orders/{order_id}/cancel", {}),
    ],
)
async def test_a_bad_body_is_a_problem_that_names_the_field(
    world: World, path: str, body: Any
) -> None:
    order = await world.place(await world.hold())

    answer = await world.customer().post(path.format(**order), json=body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"]


async def test_lists_come_in_pages_newest_first(world: World) -> None:
    made = [(await world.place(await world.hold(), "COD"))["order_id"] for _ in range(3)]

    first = (await world.customer().get("/v1/orders?limit=2")).json()
    rest = (await world.customer().get(f"/v1/orders?limit=2&after={first['next']}")).json()

    assert [item["order_id"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None


async def test_a_customer_reads_one_tab_and_goes_on_although_an_order_left_it(
    world: World,
) -> None:
    """F4.2: the five tabs, as the customer's own list shows them."""
    waiting = [await world.place(await world.hold()) for _ in range(2)]
    over = await world.place(await world.hold())
    await world.cancel(over)
    customer = world.customer()

    newest = (await customer.get("/v1/orders?status=AWAITING_PAYMENT&limit=1")).json()
    await world.cancel(waiting[1])
    rest = (await customer.get(f"/v1/orders?status=AWAITING_PAYMENT&after={newest['next']}")).json()
    cancelled = (await customer.get("/v1/orders?status=CANCELLED")).json()
    wrong = await customer.get("/v1/orders?status=LOST")

    assert [order["order_id"] for order in newest["items"]] == [waiting[1]["order_id"]]
    assert [order["order_id"] for order in rest["items"]] == [waiting[0]["order_id"]]
    assert {order["order_id"] for order in cancelled["items"]} == {
        over["order_id"],
        waiting[1]["order_id"],
    }
    assert wrong.status_code == 422


async def test_a_list_goes_on_only_from_what_it_showed(world: World) -> None:
    """A cursor nobody was given is refused; an order that has changed its tab is still one."""
    order = await world.place(await world.hold(), "COD")
    await world.consumes(says(ShipmentHandedOver, order["hold_id"]))
    cursor, strange = order["order_id"], uuid7()
    staff, elsewhere = (world.staff("osp_staff", regions=(r,)) for r in ("KV2", "KV1"))
    pending = f"/v1/staff/orders?status=PENDING&after={cursor}"

    answers = [
        await world.customer().get(f"/v1/orders?after={strange}"),
        await world.customer(uuid7()).get(f"/v1/orders?after={cursor}"),
        await elsewhere.get(pending),
        await staff.get(f"/v1/staff/refunds?after={strange}"),
        await world.customer().get(f"/v1/orders?after={cursor}"),
        await staff.get(pending),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4 + [200] * 2
    assert {a.json()["type"] for a in answers[:4]} == {"/problems/unknown-cursor"}


async def test_an_order_that_cannot_be_shown_takes_no_other_away(world: World) -> None:
    broken, right = [await world.place(await world.hold(sim="ESIM")) for _ in range(2)]
    async with world.db.transaction() as tx:
        spoilt = update(orders).where(orders.c.id == UUID(broken["order_id"]))
        await tx.execute(spoilt.values(email_sealed=b"not sealed"))

    listed = (await world.customer().get("/v1/orders")).json()["items"]

    assert [item["order_id"] for item in listed] == [right["order_id"]]


async def test_staff_see_the_orders_of_their_regions_by_tab(world: World) -> None:
    """F4.4."""
    order = await world.place(await world.hold(), "COD")
    await world.place(await world.hold())

    own = await world.staff("osp_staff", regions=("KV2",)).get("/v1/staff/orders?status=PENDING")
    other = await world.staff("osp_staff", regions=("KV1",)).get("/v1/staff/orders")
    head_office = await world.staff("admin").get("/v1/staff/orders")
    customer = await world.customer().get("/v1/staff/orders")

    assert [item["order_id"] for item in own.json()["items"]] == [order["order_id"]]
    assert other.json()["items"] == []
    assert len(head_office.json()["items"]) == 2
    assert customer.status_code == 403


async def test_what_is_personal_is_sealed_and_comes_back_to_its_owner_only(world: World) -> None:
    """G09: the address the QR code is sent to."""
    order = await world.place(await world.hold(sim="ESIM"))

    shown = await world.read(order)
    staffs = await world.staff("admin").get(f"/v1/staff/orders/{order['order_id']}")

    assert shown["email"] == "khach@example.test"
    slip = Verifier(world.keys, "order", "contact").open(shown["contact"])
    assert (slip["hold_id"], slip["customer_id"]) == (shown["hold_id"], str(world.customer_id))
    assert slip["email"] == shown["email"]
    assert "email" not in staffs.json()
    async with world.db.engine.connect() as connection:
        raw = await connection.exec_driver_sql('select "order"::text from "order"')
        assert "khach" not in str(raw.all())


async def test_an_erased_customers_address_is_forgotten(world: World) -> None:
    order = await world.place(await world.hold(sim="ESIM"))

    await world.consumes(SubjectErased(occurred_at=clock.now(), subject_id=world.customer_id))

    assert (await world.read(order))["email"] is None


async def test_the_description_names_every_route(world: World) -> None:
    paths = world.app.openapi()["paths"]

    assert all(op.get("summary") for ways in paths.values() for op in ways.values())
