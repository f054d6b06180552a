"""Roles of every route, and answers to bad bodies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from services.shipping.tests.world import Journeys

from events.ids import uuid7
from kit.db import Database
from kit.testing import assert_migrated, client, token_for
from shipping.tables import metadata

PUBLIC = {
    "/v1/stores",
    "/v1/provinces",
    "/v1/provinces/{province_code}/wards",
    "/v1/wards/{ward_code}",
    "/v1/carriers/{carrier}/webhook/{secret}",
}
STRANGERS = {
    "/v1/deliveries": "partner",
    "/v1/shipments": "staff",
    "/v1/staff": "customer",
    "/v1/access-log": "staff",
    "/v1/store/": "customer",
    "/v1/partner": "customer",
    "/v1/dead-letters": "staff",
    "/v1/work-list": "staff",
}


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for path, methods in app.openapi()["paths"].items():
        yield from ((path, method) for method in methods)


def made_up(path: str) -> str:
    for name in ("hold_id", "shipment_id"):
        path = path.replace(f"{{{name}}}", str(uuid7()))
    return path


async def test_no_route_is_open_but_stores_wards_and_the_webhook(app: FastAPI) -> None:
    async with client(app) as nobody:
        answers = {
            path: (await nobody.request(method, made_up(path))).status_code
            for path, method in routes(app)
        }

    assert {path for path, status in answers.items() if status != 401} == PUBLIC
    assert len(answers) >= 15


async def test_no_route_serves_the_wrong_kind_of_caller(app: FastAPI, keys_dir: Path) -> None:
    for path, method in routes(app):
        if path in PUBLIC:
            continue
        kind = next(kind for start, kind in STRANGERS.items() if path.startswith(start))
        async with client(app, token_for(keys_dir, kind, roles=["call_agent"])) as stranger:
            answer = await stranger.request(method, made_up(path), json={})

        assert answer.status_code == 403, path
        assert answer.json()["type"] == "/problems/wrong-role"


async def test_what_does_not_exist_is_404_and_a_bad_body_422(new_journey: Journeys) -> None:
    journey = await new_journey().begin()
    shipment = await journey.shipment()
    bad = [
        (f"/v1/staff/shipments/{shipment.id}/confirm", {"collection_address": "x"}),
        (f"/v1/staff/shipments/{shipment.id}/confirm", {"carrier": "pigeon"}),
        (f"/v1/staff/shipments/{shipment.id}/pack", {}),
        (f"/v1/staff/shipments/{shipment.id}/reject", {"reason_code": "vì khách tên Mai"}),
    ]
    async with journey.osp() as osp:
        wrong = [await osp.post(path, json=body) for path, body in bad]
        missing = [
            await osp.get(f"/v1/staff/shipments/{uuid7()}"),
            await osp.post(f"/v1/staff/shipments/{uuid7()}/hand-over"),
            await osp.post(f"/v1/staff/shipments/{uuid7()}/pack", json={"sim_serial": "1" * 12}),
        ]

    assert [a.status_code for a in wrong] == [422] * 4
    assert [a.status_code for a in missing] == [404] * 3
    assert all(a.headers["content-type"] == "application/problem+json" for a in wrong + missing)
    assert "Mai" not in wrong[-1].text


async def test_store_staff_without_a_store_see_nothing(app: FastAPI, keys_dir: Path) -> None:
    async with client(app, token_for(keys_dir, "staff", roles=["store_staff"])) as nobody:
        assert (await nobody.get("/v1/store/shipments")).status_code == 403


@pytest.mark.parametrize("word", ["summary", "description", "tags"])
def test_every_route_says_what_it_is_for(app: FastAPI, word: str) -> None:
    silent = [
        route.path
        for route in app.routes
        if isinstance(route, APIRoute) and route.include_in_schema and not getattr(route, word)
    ]

    assert silent == []


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("shipping", metadata, db)
