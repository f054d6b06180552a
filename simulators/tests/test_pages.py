"""Pages a person can use: they open, escape what strangers wrote, and work behind a prefix."""

from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from simulators.main import ROUTERS
from simulators.testing import Outside

PAGES = [
    "/",
    "/autopilot",
    "/population",
    "/payment",
    "/carrier/shipper",
    "/ekyc",
    "/msale",
    "/sms",
    "/mail",
]
EVIL = "<script>alert('x')</script>"


class Links(HTMLParser):
    """Collects where a page leads."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, forms and buttons."""
        del tag
        names = ("href", "action", "formaction", "src")
        self.targets += [value for name, value in attrs if name in names and value]


async def evil_world(outside: Outside) -> None:
    await outside.http.post("/sms/v1/messages", json={"to": "0931266868", "text": EVIL})
    await outside.http.post(
        "/carrier/shiip/public-api/v2/shipping-order/create",
        json={
            "client_order_code": "CS1",
            "to_name": EVIL,
            "to_phone": "0931266868",
            "to_address": EVIL,
            "to_ward_code": "26734",
            "from_address": EVIL,
            "payment_type_id": 1,
            "required_note": "KHONGCHOXEMHANG",
            "weight": 50,
            "pickup_time": 1_795_000_000,
        },
        headers={"Token": "carrier-token", "ShopId": "1"},
    )
    await outside.http.post(
        "/msale/v1/connections",
        json={
            "request_id": EVIL,
            "msisdn": "0931266868",
            "sim": {"kind": "ESIM"},
            "subscriber": {"full_name": EVIL, "id_number": "001199012345"},
            "dossier_sha256": "a" * 64,
        },
    )
    person: dict[str, Any] = {"id_number": "001199012345", "full_name": EVIL}
    await outside.http.post("/ekyc/v1/registry", json=person)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_opens_in_vietnamese_and_leads_only_to_relative_places(
    outside: Outside, path: str
) -> None:
    await evil_world(outside)

    page = await outside.http.get(path)

    assert page.status_code == 200
    assert '<html lang="vi">' in page.text
    assert "<script" not in page.text
    links = Links()
    links.feed(page.text)
    assert links.targets
    assert [link for link in links.targets if link.startswith("/") or "://" in link] == []


@pytest.mark.parametrize("path", PAGES)
async def test_every_link_of_a_page_leads_somewhere(outside: Outside, path: str) -> None:
    await evil_world(outside)
    links = Links()
    links.feed((await outside.http.get(path)).text)
    base = outside.http.base_url.join(path)

    for link in links.targets:
        answer = await outside.http.get(base.join(link))

        assert answer.status_code in (200, 405), link  # 405: a button, which is pressed, not read


@pytest.mark.parametrize("path", PAGES)
async def test_the_app_the_messages_and_the_mailbox_are_one_click_away(
    outside: Outside, path: str
) -> None:
    links = Links()
    links.feed((await outside.http.get(path)).text)
    here = httpx.URL("http://chonso.test/sim").join(f"/sim{path}")

    leads_to = {here.join(link).path for link in links.targets}

    assert {"/", "/sim/", "/sim/sms", "/sim/mail", "/sim/autopilot"} <= leads_to


async def test_an_address_in_a_message_can_be_pressed(outside: Outside) -> None:
    text = "Xem tại https://chonso.test/journeys/1"
    await outside.http.post("/sms/v1/messages", json={"to": "0931266868", "text": text})

    page = await outside.http.get("/sms")

    assert 'href="https://chonso.test/journeys/1"' in page.text


async def test_the_process_says_that_it_lives_and_is_ready(outside: Outside) -> None:
    for path in ("/livez", "/readyz"):
        assert (await outside.http.get(path)).status_code == 200


@pytest.mark.parametrize(
    "ref", ["PGS_%", "<PGS1>", "0931266868", "a@b.test", "' or 1=1 --", "x" * 320]
)
async def test_counting_what_is_not_there_gives_nothing(outside: Outside, ref: str) -> None:
    await evil_world(outside)

    counted = (await outside.http.get("/counts", params={"ref": ref})).json()

    assert set(counted) >= {"charges", "refunds", "shipments", "connections", "sms", "mails"}
    assert counted["shipments"] == counted["connections"] == counted["charges"] == 0
    assert counted["sms"] == (1 if ref == "0931266868" else 0)


@pytest.mark.parametrize("junk", ["%00", "%ff%fe", "../..", "a" * 3000, "-1", "%F0%9F%98%80"])
async def test_bad_input_is_never_an_error_of_the_server(outside: Outside, junk: str) -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    assert len(routes) > 30
    bodies = [b"", b"{", b"[]", b"null", b'"\\ud800"', b'{"a": "\\u0000"}', b"\xff\xfe", b"1e999"]

    for route in routes:
        path = route.path
        for name in route.param_convertors:
            path = path.replace(f"{{{name}}}", junk)
        for method in route.methods or ():
            for body in bodies:
                answer = await outside.http.request(
                    method,
                    f"{path}?to={junk}&ref={junk}&id_number={junk}&vnp_TmnCode=TESTTMN1",
                    content=body,
                    headers={
                        "Content-Type": "application/json",
                        "Token": "carrier-token",
                        "ShopId": "1",
                        "X-Api-Key": "ekyc-key",
                    },
                )

                assert answer.status_code < 500, (method, path, body, answer.text)
