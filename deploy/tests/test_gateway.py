"""The gateway's configuration, and what Envoy makes of it when no service is there."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.gateway import envoy
from deploy.gateway.render import render
from deploy.gateway.site import Site
from deploy.gateway.table import Pattern, Table, read
from deploy.services import SERVICES

PUBLIC = {
    "identity": [
        "/v1/registrations/**",
        "POST /v1/sessions",
        "POST /v1/sessions/refresh",
        "GET /v1/sessions/current",
        "POST /v1/staff-sessions",
        "/v1/password-resets/**",
        "/v1/phone-challenges/**",
        "POST /v1/oauth/token",
        "GET /v1/jwks",
    ],
    "catalog": [
        "GET /v1/numbers/**",
        "GET /v1/number-classes",
        "GET /v1/packages",
        "GET /v1/promotions",
    ],
    "hold": ["POST /v1/holds/lookup"],
    "order": ["GET /v1/payments/vnpay/**"],
    "shipping": [
        "GET /v1/stores",
        "GET /v1/provinces/**",
        "GET /v1/wards/**",
        "POST /v1/carriers/**",
    ],
    "kyc": ["GET /v1/activation-channels"],
    "videocall": [],
    "activation": ["POST /v1/msale/callback", "POST /v1/smdp/notifications"],
    "notification": [],
}


def routes(table: Table, site: Site) -> list[dict[str, Any]]:
    listener = render(table, site)["static_resources"]["listeners"][0]
    manager = listener["filter_chains"][0]["filters"][0]["typed_config"]
    hosts = manager["route_config"]["virtual_hosts"]
    return list(hosts[0]["routes"])


def test_envoy_accepts_the_configuration(site: Site, tmp_path: Path) -> None:
    for n, variant in enumerate((site, replace(site, limits=False), replace(site, services={}))):
        file = tmp_path / f"{n}.json"
        file.write_text(json.dumps(render(read(), variant)))

        checked = subprocess.run(  # noqa: S603 # our own words
            envoy.validation(file), check=False, capture_output=True, text=True
        )

        assert checked.returncode == 0, checked.stderr


def test_every_service_has_its_place(site: Site) -> None:
    table = read()

    prefixes = {route["match"].get("path_separated_prefix") for route in routes(table, site)}

    assert [service.name for service in table.services] == list(SERVICES)
    assert {f"/api/{service}/v1" for service in SERVICES} <= prefixes


def test_the_paths_that_need_no_token_are_these_and_no_others() -> None:
    table = read()

    assert table.public == (Pattern.parse("GET /openapi.json"),)
    assert {service.name: service.public for service in table.services} == {
        service: tuple(map(Pattern.parse, patterns)) for service, patterns in PUBLIC.items()
    }


def test_what_may_take_longer_has_its_own_time_before_the_rest(site: Site) -> None:
    table = read()
    of_hold = [r for r in routes(table, site) if "/api/hold/v1" in str(r["match"])]
    seconds = {
        r["match"].get("path") or r["match"]["path_separated_prefix"]: r["route"]["timeout"]
        for r in reversed([r for r in of_hold if "route" in r])  # the first one counts
    }

    assert seconds["/api/hold/v1/partner/hold-events"] == "40s"
    assert seconds["/api/hold/v1/partner/hold-events/stream"] == "660s"
    assert seconds["/api/hold/v1"] == f"{table.timeout_seconds}s"
    matches = [r["match"] for r in of_hold]
    the_rest = next(
        n for n, m in enumerate(matches) if m.get("path_separated_prefix", "").endswith("v1")
    )
    assert all("hold-events" not in str(match) for match in matches[the_rest:])


def test_limits_can_be_switched_off(site: Site) -> None:
    limits = [r for r in routes(read(), site) if r.get("typed_per_filter_config")]
    none = [
        name
        for route in routes(read(), replace(site, limits=False))
        for name in route.get("typed_per_filter_config", {})
        if "ratelimit" in name
    ]

    assert limits
    assert none == []


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/api/hold/v1/holds", 401, "not-signed-in"),
        ("POST", "/api/identity/v1/sessions/current", 401, "not-signed-in"),
        ("DELETE", "/api/identity/v1/sessions/current", 401, "not-signed-in"),
        ("POST", "/api/catalog/v1/numbers/7/withdraw", 401, "not-signed-in"),
        ("GET", "/api/hold/v1//holds/lookup/../x", 401, "not-signed-in"),
        ("GET", "/api/hold/v1/holds%2flookup", 400, "bad-request"),
        ("GET", "/api/nobody/v1/x", 404, "no-such-path"),
        ("GET", "/api/nobody", 404, "no-such-path"),
        ("GET", "/api/hold", 404, "no-such-path"),
        ("GET", "/", 503, "unavailable"),
        ("GET", "/orders/7", 503, "unavailable"),
        ("GET", "/console/", 503, "unavailable"),
        ("GET", "/api/hold/livez", 404, "no-such-path"),
        ("GET", "/api/hold/readyz", 404, "no-such-path"),
        ("GET", "/api/hold/docs", 404, "no-such-path"),
        ("GET", "/api/hold/v1/internal/x", 404, "no-such-path"),
        ("GET", "/api/catalog/v1/numbers", 503, "unavailable"),
        ("GET", "/api/catalog/openapi.json", 503, "unavailable"),
        ("GET", "/api/order/v1/payments/vnpay/ipn", 503, "unavailable"),
        ("GET", "/sim/sms", 503, "unavailable"),
    ],
)
def test_what_the_gateway_itself_answers_is_a_problem(
    gateway: httpx.Client, method: str, path: str, status: int, slug: str
) -> None:
    answer = gateway.request(method, f"{path}?phone=84901234567")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/problems/{slug}"
    assert answer.json()["status"] == status
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["instance"].startswith(path[:8])
    assert "84901234567" not in answer.text


def test_more_than_the_table_allows_is_too_large(gateway: httpx.Client) -> None:
    answer = gateway.post("/api/hold/v1/holds/lookup", content=bytes(read().max_body_bytes + 1))

    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/too-large"


def test_whoever_guesses_passwords_is_slowed_down(gateway: httpx.Client) -> None:
    burst = read().careful.burst

    answers = [gateway.post("/api/identity/v1/sessions") for _ in range(burst + 5)]

    assert {answer.status_code for answer in answers[:burst]} == {503}
    assert answers[-1].status_code == 429
    assert answers[-1].json()["type"] == "/problems/too-many-requests"
