"""The same manners everywhere, asked of every service through the gateway."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import pytest
from tests.e2e.callers import HOUR
from tests.e2e.routes import METHODS
from tests.e2e.stories import with_slip

from demo.actors import CHANNEL, Actors
from demo.customer import Customer
from demo.gateway import Gateway
from demo.outside import reference_in
from events.ids import uuid7
from kit.tokens import Signer
from values.roles import ROLES

SERVICES: Final = (
    *("identity", "catalog", "hold", "order", "shipping", "kyc", "videocall", "activation"),
    "notification",
)
MINE: Final = ("identity/v1/me", "hold/v1/holds", "order/v1/orders")


@pytest.fixture(scope="module")
async def lan(actors: Actors) -> Customer:
    return await actors.customer()


@pytest.fixture(scope="module")
def signer(suite: dict[str, Any]) -> Signer:
    return Signer(Path(suite["state"]) / "keys", "identity")


@pytest.fixture(scope="module")
async def doors(actors: Actors, signer: Signer, lan: Customer) -> list[Gateway]:
    """Return the clients of a customer, a channel, and staff with every role."""
    everything = {"sub": str(uuid7()), "kind": "staff", "roles": list(ROLES), "regions": []}
    staff = signer.sign("chonso", everything | {"shop_code": "2HCM0001"}, ttl=HOUR)
    return [lan.gateway, (await actors.channel()).gateway, actors.gateway.as_(staff)]


@pytest.fixture(scope="module")
async def documents(actors: Actors) -> dict[str, Any]:
    return {
        service: (await actors.gateway.get(f"/api/{service}/openapi.json"))["paths"]
        for service in SERVICES
    }


def lists(documents: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what can be read without naming one thing: path to description."""
    return {
        f"/api/{service}{path}": methods["get"]
        for service, paths in documents.items()
        for path, methods in paths.items()
        if "get" in methods and "{" not in path
    }


def slug(answer: httpx.Response) -> str:
    return str(answer.json().get("type", "")).rsplit("/", 1)[-1]


async def test_a_list_knows_its_own_cursors_and_filters_alone(
    documents: dict[str, Any], doors: list[Gateway]
) -> None:
    """A cursor or a filter that is passed over shows what was not asked for."""
    wrong = []
    for path, described in lists(documents).items():
        names = {
            parameter["name"]: parameter["schema"] for parameter in described.get("parameters", ())
        }
        sent: list[dict[str, Any]]
        sent = [] if described.get("x-any-query") else [{"no_such_filter": "1"}]
        if "after" in names and "stream" not in path:
            sent.append({"after": 2**62 if "integer" in str(names["after"]) else str(uuid7())})
        for params in sent:
            for door in doors:
                answer = await door.raw("GET", path, params=params)
                if answer.status_code not in {401, 403, 422}:
                    wrong.append((path, params, answer.status_code))
    assert not wrong, wrong


async def test_a_token_that_is_no_good_closes_no_public_route_and_a_slash_leads_nowhere_else(
    documents: dict[str, Any], actors: Actors, signer: Signer
) -> None:
    claims = {"sub": str(uuid7()), "kind": "customer", "roles": [], "regions": []}
    stale = signer.sign("chonso", claims, ttl=-HOUR)
    wrong = []
    for path, described in lists(documents).items():
        plain = await actors.gateway.raw("GET", path)
        if "security" not in described or plain.status_code < 400:
            for token in (stale, "x.y.z"):
                answer = await actors.gateway.as_(token).raw("GET", path)
                if answer.status_code != plain.status_code:
                    wrong.append((path, token[:5], answer.status_code, plain.status_code))
        slashed = await actors.gateway.raw("GET", f"{path}/")
        if slashed.status_code != plain.status_code:
            wrong.append((path, "/", slashed.status_code, plain.status_code))
    assert not wrong, wrong


async def test_a_method_that_a_path_has_not_is_answered_with_those_that_it_has(
    documents: dict[str, Any], lan: Customer
) -> None:
    """RFC 9110, 15.5.6; the problem names the path that the client asked for."""
    wrong = []
    for service, paths in documents.items():
        for path, methods in paths.items():
            if "{" in path:
                continue
            alike = [
                known
                for other_path, known in paths.items()
                if other_path.count("/") == path.count("/")
            ]
            taken = {method for known in alike for method in known}
            other = next(
                (method for method in ("put", "patch", "delete") if method not in taken), None
            )
            if other is None:
                continue
            answer = await lan.gateway.raw(other.upper(), f"/api/{service}{path}", json={})
            allowed = {
                method.strip().lower() for method in answer.headers.get("allow", "").split(",")
            }
            instance = answer.json().get("instance")
            expected = set(methods) & set(METHODS)
            if (answer.status_code, instance) != (405, f"/api/{service}{path}") or not (
                expected <= allowed
            ):
                wrong.append((path, other, answer.status_code, instance, allowed, expected))
    assert not wrong, wrong


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer"])
async def test_the_name_of_a_scheme_has_no_case(lan: Customer, actors: Actors, scheme: str) -> None:
    """RFC 9110, 11.1."""
    for path in MINE:
        headers = {"Authorization": f"{scheme} {lan.gateway.token}"}
        answer = await actors.gateway.raw("GET", f"/api/{path}", headers=headers)
        assert answer.status_code == 200, path


async def test_a_token_is_kept_by_nobody_on_the_way(actors: Actors) -> None:
    name, secret = CHANNEL
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}

    answer = await actors.gateway.raw("POST", "/api/identity/v1/oauth/token", data=form)

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


async def test_a_number_is_found_however_its_country_is_written(actors: Actors) -> None:
    path = "/api/catalog/v1/numbers"
    start = (await actors.gateway.get(path))["items"][0]["msisdn"][2:5]

    numbers = [
        [
            number["msisdn"]
            for number in (await actors.gateway.get(path, mask=f"{begin}{start}*"))["items"]
        ]
        for begin in ("0", "+84", "84", "0084")
    ]

    assert numbers[0]
    assert numbers == [numbers[0]] * 4


async def test_a_number_that_is_taken_tells_strangers_nothing_more(
    actors: Actors, lan: Customer
) -> None:
    """LAW19."""
    number = await lan.finds_and_holds("ESIM")
    path = f"/api/catalog/v1/numbers/{number['msisdn']}"
    for door in (
        actors.gateway,
        (await actors.customer()).gateway,
        (await actors.channel()).gateway,
    ):
        seen = await door.get(path)
        if seen["status"] != "AVAILABLE":  # the catalog may not have heard of it yet
            assert (seen["status"], seen["status_since"], seen["offer"]) == ("TAKEN", None, None)


async def test_what_others_add_to_the_way_back_from_the_payment_harms_nothing(
    actors: Actors,
) -> None:
    """F3.6: VNPay signs its own parameters, and advertisers add theirs."""
    lan = await with_slip(actors, "ESIM")
    await lan.orders("ONLINE")
    page = urlsplit(lan.order["payment_url"])
    await actors.gateway.raw("GET", f"{page.path}?{page.query}")
    button = f"/sim/payment/pay/{reference_in(lan.order['payment_url'])}/SUCCEED"
    back = urlsplit((await actors.gateway.raw("POST", button)).headers["location"])

    shown = await actors.gateway.raw("GET", f"{back.path}?{back.query}&fbclid=IwAR0")

    assert shown.json()["payment_status"] in {"INITIATED", "PAID"}
