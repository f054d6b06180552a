"""The door for the news of carriers: who may enter, what is kept, what is matched (G22)."""

import json
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from services.shipping.tests.world import SECRET, Journey
from sqlalchemy import select
from structlog.testing import capture_logs

from events.ids import uuid7
from kit.db import Database
from kit.sealing import Sealer
from kit.testing import client
from shipping.tables import carrier_news


async def test_news_is_kept_as_it_came_sealed(
    journey: Journey, db: Database, keys_dir: Path
) -> None:
    await journey.carrier("delivery_fail", Reason="Chị Mai hẹn mai")

    async with db.transaction() as tx:
        row = (await tx.execute(select(carrier_news.c.id, carrier_news.c.body))).one()
    assert b"Mai" not in row.body
    body = json.loads(Sealer(keys_dir, "shipping").open(row.body, about=str(row.id)))
    assert body["Reason"] == "Chị Mai hẹn mai"


NUL = b'{"OrderCode": "G\\u0000", "Status": "picked", "Time": ""}'


async def send(app: FastAPI, path: str, content: bytes) -> httpx.Response:
    async with client(app) as carrier:
        return await carrier.post(path, content=content)


async def test_a_wrong_secret_or_carrier_finds_nothing(
    journey: Journey, app: FastAPI, db: Database
) -> None:
    body = json.dumps(
        {"OrderCode": "G00001", "Status": "delivered", "Time": "2030-01-01T00:00:00Z"}
    ).encode()
    for path in ("ghn/webhook/wrong", "ghn/webhook/ü", f"ghtk/webhook/{SECRET}", "ghn/webhook/"):
        assert (await send(app, f"/v1/carriers/{path}", body)).status_code == 404

    assert await journey.status() == "BOOKED"
    async with db.transaction() as tx:
        assert (await tx.execute(select(carrier_news.c.id))).all() == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"OrderCode": "X"}', b"\xff", b"null", b'{"Status": 1}', NUL]
)
async def test_what_is_not_ghns_message_is_a_422(app: FastAPI, body: bytes) -> None:
    answer = await send(app, f"/v1/carriers/ghn/webhook/{SECRET}", body)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unreadable-news")


async def test_news_of_a_parcel_we_do_not_know_is_kept_and_answered_with_200(
    app: FastAPI, db: Database
) -> None:
    body = {
        "OrderCode": "STRANGE",
        "ClientOrderCode": str(uuid7()),
        "Status": "picked",
        "Time": "2030-01-01T00:00:00Z",
    }

    with capture_logs() as logs:
        answer = await send(app, f"/v1/carriers/ghn/webhook/{SECRET}", json.dumps(body).encode())

    assert answer.status_code == 200
    assert [entry["event"] for entry in logs] == ["news_of_no_shipment"]
    async with db.transaction() as tx:
        kept = (await tx.execute(select(carrier_news.c.shipment_id))).scalars().all()
    assert kept == [None]


async def test_news_is_matched_by_the_tracking_code_if_our_own_is_missing(
    journey: Journey, app: FastAPI
) -> None:
    body = {
        "OrderCode": (await journey.shipment()).tracking_code,
        "ClientOrderCode": "",
        "Status": "picked",
        "Time": "2030-01-01 07:00:00",
    }

    await send(app, f"/v1/carriers/ghn/webhook/{SECRET}", json.dumps(body).encode())

    assert await journey.status() == "DELIVERING"


async def test_another_parcel_under_our_own_code_moves_nothing(journey: Journey) -> None:
    with capture_logs() as logs:
        await journey.carrier("delivered", OrderCode="SOMETHING-ELSE")

    assert await journey.status() == "BOOKED"
    assert [entry["event"] for entry in logs] == ["news_of_another_parcel"]
