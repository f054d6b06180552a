"""Requests to mobi eKYC: one answer for each, and none for nonsense."""

from typing import Any

import pytest
from simulators.tests.mobi_ekyc import HEADERS, ID, PERSON, request, verify, written

from simulators.specimens import card
from simulators.testing import Outside


async def test_the_same_request_gets_the_same_answer_and_counts_once(outside: Outside) -> None:
    first, again = await verify(outside, request()), await verify(outside, request())

    assert again == first
    assert await outside.count("ekyc_verifications", "request-1") == 1
    assert await outside.count("ekyc_verifications", ID) == 1


async def test_a_key_belongs_to_one_request(outside: Outside) -> None:
    await verify(outside, request())

    answer = await outside.http.post(
        "/ekyc/v1/verifications",
        json=request(declared=PERSON | {"sex": "M"}),
        headers=HEADERS | {"Idempotency-Key": "key-1"},
    )

    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"front": "@@@"}, 422),
        ({"front": written(b"GIF89a")}, 422),
        ({"front": ""}, 422),
        ({"back": written(b"\xff\xd8" + b"0" * 9_000_000)}, 422),
        ({"declared": {"date_of_birth": "15/03/1999"}}, 422),
        ({"declared": {"full_name": "\x00"}}, 422),
        ({"request_id": ""}, 422),
        ({"document_kind": None}, 422),
    ],
)
async def test_nonsense_is_refused(outside: Outside, changes: dict[str, Any], status: int) -> None:
    answer = await outside.http.post(
        "/ekyc/v1/verifications", json=request() | changes, headers=HEADERS
    )

    assert answer.status_code == status


async def test_a_broken_picture_is_no_card(outside: Outside) -> None:
    verdict = await verify(outside, request(front=b"\xff\xd8broken", face=card(PERSON)[:-200]))

    assert verdict["result"] == "INVALID"
    assert verdict["reasons"][0] == "DOC_UNSUPPORTED"


async def test_the_api_key_is_asked_for(outside: Outside) -> None:
    for headers in ({}, {"X-Api-Key": "wrong"}):
        answer = await outside.http.post("/ekyc/v1/verifications", json=request(), headers=headers)

        assert answer.status_code == 401
