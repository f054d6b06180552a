"""A dossier is bound to the check that passed and to the call that was approved (LAW08)."""

import itertools
import struct
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from fastapi import FastAPI
from services.activation.tests.journey import Journey, a_drawing, a_photo
from services.activation.tests.msale import MsaleStandIn
from services.activation.tests.told import HOUR
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from events import DossierSigned, KycNeedsReview, PromotionAttached
from events.ids import uuid7
from kit.db import Database
from kit.testing import facts


async def test_the_form_of_an_older_attempt_cannot_be_signed(esim: Journey) -> None:
    """Person 1 passed, the agent approved person 2: person 1's form is worth nothing."""
    first = esim.signature()
    await esim.hears(*esim.new_check(esim.at + 3 * HOUR))
    async with esim.caller() as caller:
        old = await caller.post(esim.url("/signature"), json=first)
        new = await caller.post(esim.url("/signature"), json=esim.signature())

    assert (old.status_code, old.json()["type"]) == (409, "/problems/declaration-outdated")
    assert old.json()["differs"] == ["attempt"]
    assert new.status_code == 200
    [signed] = [f for f in await facts(esim.db) if isinstance(f, DossierSigned)]
    assert (signed.session_id, signed.attempt, signed.call_id) == (
        esim.session_id,
        2,
        esim.call_id,
    )


async def test_an_approval_of_another_attempt_is_no_approval_of_this_one(esim: Journey) -> None:
    """The agent saw person 1; person 2 passed since, and nobody has seen them."""
    _, passed, _ = esim.new_check(esim.at + 3 * HOUR)
    await esim.hears(passed)

    signed = await esim.signs()

    assert (signed.status_code, signed.json()["waiting_for"]) == (409, ["VIDEO_CALL"])


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_check_and_call_may_be_heard_in_any_order(
    db: Database, app: FastAPI, keys_dir: Path, noon: datetime, order: tuple[int, ...]
) -> None:
    esim = Journey(db, app, keys_dir, "ESIM", noon)
    await esim.hears(*esim.told())
    news = esim.new_check(esim.at + 3 * HOUR)

    for place in order:
        await esim.hears(news[place])

    assert (await esim.signs()).status_code == 200


async def test_a_newer_attempt_makes_the_signature_worthless(esim: Journey) -> None:
    assert (await esim.signs()).json()["status"] == "SIGNED"
    submitted, *rest = esim.new_check(esim.at + 3 * HOUR)
    await esim.hears(submitted)
    meanwhile = await esim.submits()
    await esim.hears(*rest)
    unsigned = await esim.submits()

    assert meanwhile.json()["waiting_for"] == ["SIGNATURE"]
    assert unsigned.json()["waiting_for"] == ["SIGNATURE"]
    await esim.queues()


async def test_a_newer_attempt_takes_a_dossier_out_of_msales_queue(
    esim: Journey, msale: MsaleStandIn
) -> None:
    await esim.queues()
    await esim.hears(esim.new_check(esim.at + 3 * HOUR)[0])
    confirmed = await esim.decided("confirm", uuid7())
    await esim.tasks_run()

    assert confirmed.status_code == 409
    assert [c["state"] for c in msale.connections.values()] == ["WITHDRAWN"]
    assert (await esim.status())["status"] == "KYC_CHECKING"


async def test_what_the_number_is_sold_with_is_compared_like_the_person(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """SB.7: who signed for one package is not connected with another."""
    await esim.queues()
    other = PromotionAttached(
        occurred_at=esim.at,
        hold_id=esim.hold_id,
        order_id=esim.order_id,
        promotion_code="KMMAX",
        package_code="MAX90",
    )
    await esim.hears(other)
    await esim.tasks_run()

    assert [c["state"] for c in msale.connections.values()] == ["WITHDRAWN"]
    assert (await esim.submits()).json()["waiting_for"] == ["SIGNATURE"]


@pytest.mark.parametrize("claim", ["customer_id", "number_id", "sim"])
async def test_a_form_of_another_customer_number_or_sim_is_refused(
    esim: Journey, claim: str
) -> None:
    strange: Any = "PHYSICAL" if claim == "sim" else str(uuid7())
    async with esim.caller() as caller:
        answer = await caller.post(
            esim.url("/signature"), json=esim.signature(form={claim: strange})
        )

    assert (answer.status_code, answer.json()["differs"]) == (409, [claim])


async def test_a_form_whose_news_is_on_its_way_is_asked_for_again(esim: Journey) -> None:
    async with esim.caller() as caller:
        early = await caller.post(esim.url("/signature"), json=esim.signature(form={"attempt": 2}))

    assert (early.status_code, early.json()["waiting_for"]) == (409, ["KYC"])


async def test_a_case_in_review_is_called_so(esim: Journey) -> None:
    """G27: kyc, activation and order use one word."""
    later = esim.at + 3 * HOUR
    doubt = KycNeedsReview(
        occurred_at=later,
        hold_id=esim.hold_id,
        session_id=esim.session_id,
        attempt=2,
        reason_codes=("FACE_BLURRED",),
    )
    await esim.hears(doubt, esim.new_check(later - HOUR)[0])

    status = await esim.status()

    assert (status["status"], status["label_vi"]) == ("NEEDS_REVIEW", "Chờ nhân viên xem xét")


async def test_the_customer_sees_whether_the_photo_of_the_sim_is_kept(physical: Journey) -> None:
    """F5a.9: a page that was left in between knows what is still to do."""
    before = await physical.status()
    async with physical.caller() as caller:
        jpeg = {"content-type": "image/jpeg"}
        await caller.put(physical.url("/sim-photo"), content=a_photo(), headers=jpeg)

    assert (before["sim_photographed"], (await physical.status())["sim_photographed"]) == (
        False,
        True,
    )


async def test_the_photo_of_the_sim_cannot_be_replaced_once_it_is_signed_for(
    physical: Journey,
) -> None:
    await physical.signs()
    async with physical.caller() as caller:
        again = await caller.put(
            physical.url("/sim-photo"),
            content=a_photo(),
            headers={"content-type": "image/jpeg"},
        )

    assert (again.status_code, again.json()["type"]) == (409, "/problems/activation-closed")


@pytest.mark.parametrize("table", ["dossier", "sim_photo"])
@pytest.mark.parametrize("change", ["update {} set sha256 = 'x'", "delete from {}"])
async def test_the_database_refuses_to_change_what_was_signed(
    physical: Journey, table: str, change: str
) -> None:
    await physical.signs()

    with pytest.raises(DBAPIError, match="only ever added to"):
        async with physical.db.transaction() as tx:
            await tx.execute(text(change.format(table)))


BLANK = a_drawing(ink="white", paper=(255, 255, 255, 255))
HEADER = struct.pack(">4sIIBBBBB", b"IHDR", 60_000, 60_000, 8, 0, 0, 0, 0)
BEGUN = b"\x89PNG\r\n\x1a\n\0\0\0\r" + HEADER + crc32(HEADER).to_bytes(4, "big")
HUGE = b64encode(BEGUN + b"\0\0\0\x08IDAT").decode()
"""A picture for which a decoder would need 3.6 GB."""


@pytest.mark.parametrize(
    "drawn",
    ["iVBORw0KGgo=", a_drawing()[: len(a_drawing()) // 2 // 4 * 4], BLANK, HUGE],
    ids=["eight bytes of magic", "cut in half", "blank", "huge"],
)
async def test_a_signature_is_a_picture_that_somebody_drew(esim: Journey, drawn: str) -> None:
    async with esim.caller() as caller:
        body = esim.signature(signature_png_base64=drawn)
        answer = await caller.post(esim.url("/signature"), json=body)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-a-signature")


@pytest.mark.parametrize(
    "drawn",
    [a_drawing("white", (0, 0, 0, 0)), a_drawing("navy"), a_drawing("black", (240, 240, 230, 255))],
    ids=["white on glass", "blue ink", "on grey paper"],
)
async def test_any_ink_will_do(esim: Journey, drawn: str) -> None:
    async with esim.caller() as caller:
        body = esim.signature(signature_png_base64=drawn)
        assert (await caller.post(esim.url("/signature"), json=body)).status_code == 200
