"""From the form to the slip, and giving it back."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from services.hold.tests.world import As, Offer, hold, slip
from sqlalchemy import select

from events import HoldCreated
from hold.holds import commands
from hold.holds.domain import Hold
from hold.tables import holds
from kit import clock
from kit.db import Database
from kit.testing import facts, published


async def test_a_right_form_issues_the_slip(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    """F3.3 to F3.6, F3.14."""
    body = await slip(customer, offer(), form | {"referrer_code": "ctv01"})

    assert (body["status"], body["status_vi"]) == ("HELD", "Đang giữ")
    assert body["hold_code"].startswith("GS")
    [_, created] = await facts(db)
    assert isinstance(created, HoldCreated)
    assert (created.hold_code, created.channel_code) == (body["hold_code"], "CTV01")
    assert 1199 < (created.expires_at - created.occurred_at).total_seconds() <= 1200


async def test_a_wrong_form_tells_every_fault_and_no_value(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    """F3.5."""
    hold_id = (await hold(customer, offer())).json()["hold_id"]
    wrong = form | {"full_name": "X9z", "date_of_birth": "2020-01-01", "email": ""}

    response = await customer.put(f"/v1/holds/{hold_id}/registration", json=wrong)

    assert response.status_code == 422
    assert response.json()["type"] == "/problems/registration-invalid"
    assert {(e["field"], e["code"]) for e in response.json()["errors"]} == {
        ("full_name", "NAME_INVALID"),
        ("date_of_birth", "AGE_UNDER_15"),
        ("email", "EMAIL_REQUIRED"),
    }
    assert "X9z" not in response.text
    assert await published(db) == ["NumberSoftLocked"]


async def test_the_form_can_be_mended_without_a_second_slip_and_is_sealed_at_rest(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    body = await slip(customer, offer(), form)
    url = f"/v1/holds/{body['hold_id']}/registration"

    again = await customer.put(url, json=form | {"address": "Số 2 Phố Thử"})

    assert again.json()["hold_code"] == body["hold_code"]
    assert (await customer.get(url)).json()["address"] == "Số 2 Phố Thử"
    assert await published(db) == ["NumberSoftLocked", "HoldCreated"]
    async with db.transaction() as tx:
        [row] = (await tx.execute(select(holds))).mappings().all()
    for secret in ("Nguyễn", "905123456", "001199012345"):
        assert secret.encode() not in row["registration"]
        assert secret not in str(row)


async def test_the_form_is_too_late_when_the_lock_has_ended(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], time_passes: Any
) -> None:
    hold_id = (await hold(customer, offer())).json()["hold_id"]
    time_passes.forward(minutes=10)

    response = await customer.put(f"/v1/holds/{hold_id}/registration", json=form)

    assert (response.status_code, response.json()["state"]) == (409, "EXPIRED")


async def test_two_slips_never_have_the_same_code(
    signed_in: As,
    offer: Offer,
    form: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codes = iter(["GS26110200000A", "GS26110200000A", "GS26110200000A", "GS26110200001B"])
    monkeypatch.setattr(commands, "new_code", lambda _: next(codes))

    first = await slip(await signed_in(), offer(), form)
    second = await slip(await signed_in(), offer(), form)

    assert (first["hold_code"], second["hold_code"]) == ("GS26110200000A", "GS26110200001B")


async def test_a_hold_that_is_not_paid_can_be_given_back_once_and_again(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    draft = (await hold(customer, offer())).json()["hold_id"]
    held = (await slip(customer, offer(), form))["hold_id"]

    for hold_id in (draft, held, draft, held):
        assert (await customer.delete(f"/v1/holds/{hold_id}")).status_code == 204

    assert sorted(await published(db)) == [
        *("HoldCreated", "HoldReleased", "NumberFreed"),
        *("NumberSoftLocked", "NumberSoftLocked"),
    ]


async def test_a_paid_hold_is_given_up_by_cancelling_its_order(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    hold_id = (await slip(customer, offer(), form))["hold_id"]
    async with db.transaction() as tx:
        paid = await tx.get_one(Hold, UUID(hold_id))
        await tx.publish(paid.confirm("PAID", at=clock.now(), now=clock.now()))

    response = await customer.delete(f"/v1/holds/{hold_id}")

    assert (response.status_code, response.json()["type"]) == (409, "/problems/hold-is-paid")
