"""An eSIM code is checked where mSale hands it over (SGP.22, F5b.13)."""

from typing import Any

import pytest
from services.activation.tests.journey import Journey
from services.activation.tests.msale import MsaleStandIn, a_code

GOOD = "LPA:1$smdp.example.vn$FIRST-CODE"


def written(code: str, **besides: Any) -> dict[str, Any]:
    return {"activation_code": code} | besides


@pytest.mark.parametrize(
    ("handed_over", "shown"),
    [
        (written(f" {GOOD}\n"), GOOD),
        (written("lpa:1$SMDP.Example.VN$FIRST-CODE"), GOOD),
        (written("1$smdp.example.vn$FIRST-CODE"), GOOD),
        (written("LPA:1$ smdp.example.vn $ FIRST-CODE $$0", smdp="smdp.example.vn"), GOOD),
        (written(f"{GOOD}$$1", confirmation_code=" 4711 "), f"{GOOD}$$1"),
    ],
    ids=["blanks", "case", "without its prefix", "blanks inside", "asks for a second code"],
)
async def test_blanks_and_case_are_mended(
    esim: Journey, msale: MsaleStandIn, handed_over: dict[str, Any], shown: str
) -> None:
    msale.codes = [handed_over]
    await esim.is_connected()

    async with esim.caller() as caller:
        card = (await caller.get(esim.url("/esim"))).json()

    assert card["activation_code"] == shown
    assert card["confirmation_code"] == ("4711" if shown.endswith("$1") else None)


@pytest.mark.parametrize(
    ("handed_over", "reason"),
    [
        (None, "NO_CODE"),
        (written(""), "CODE_MALFORMED"),
        (written("LPA:2$smdp.example.vn$FIRST-CODE"), "CODE_MALFORMED"),
        (written("https://smdp.example.vn/FIRST-CODE"), "CODE_MALFORMED"),
        (written("LPA:1$smdp.example.vn$"), "CODE_MALFORMED"),
        (written(GOOD, matching_id="SECOND-CODE"), "PARTS_DIFFER"),
        (written(f"{GOOD}$$1"), "CONFIRMATION_CODE_UNKNOWN"),
    ],
)
async def test_a_code_no_phone_could_use_is_a_case_and_is_given_to_nobody(
    esim: Journey, msale: MsaleStandIn, handed_over: Any, reason: str
) -> None:
    """The subscriber is connected all the same, and may ask for another code."""
    msale.codes = [handed_over]
    await esim.is_connected()

    [incident] = await esim.incidents()
    assert (incident["kind"], incident["found"]) == ("ESIM_CODE_UNUSABLE", [reason])
    async with esim.caller() as caller:
        nothing = await caller.get(esim.url("/esim"))
        pressed = await caller.post(esim.url("/esim/scan"), json={"result": "SUCCEEDED"})
        asked = await caller.post(esim.url("/esim/reissue"))
        await esim.tasks_run()
        card = await caller.get(esim.url("/esim"))
    assert [nothing.status_code, pressed.status_code, asked.status_code] == [404, 409, 202]
    assert card.json()["matching_id"] == "SECOND-CODE"


async def test_new_codes_are_limited(esim: Journey, msale: MsaleStandIn) -> None:
    await esim.is_connected()
    msale.codes = [a_code(f"CODE-{n}") for n in range(9)]
    answers = []
    async with esim.caller() as caller:
        for _ in range(5):
            answers.append((await caller.post(esim.url("/esim/reissue"))).status_code)
            await esim.tasks_run()

    assert answers == [202, 202, 202, 429, 429]


async def test_a_code_that_was_issued_before_is_a_case(esim: Journey, msale: MsaleStandIn) -> None:
    await esim.is_connected()
    msale.codes = [a_code("FIRST-CODE")]
    async with esim.caller() as caller:
        await caller.post(esim.url("/esim/reissue"))
    await esim.tasks_run()

    assert [i["found"] for i in await esim.incidents()] == [["CODE_ISSUED_BEFORE"]]


async def test_no_new_code_cuts_off_an_esim_that_was_installed_meanwhile(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """G29: a code that is asked for is no longer needed once the old one has worked."""
    await esim.is_connected()
    [connection] = msale.connections.values()
    async with esim.caller() as caller:
        assert (await caller.post(esim.url("/esim/reissue"))).status_code == 202
        await caller.post(esim.url("/esim/scan"), json={"result": "SUCCEEDED"})
    await esim.tasks_run()

    assert connection["esim"]["matching_id"] == "FIRST-CODE"
    assert (await esim.status())["status"] == "ACTIVATED"
