"""Tokens at the gateway: accepted, refused and ignored ones, without services behind it."""

import httpx
import pytest


@pytest.mark.parametrize("kind", ["none", "stale", "of another", "nonsense"])
def test_a_token_that_is_no_good_is_nobodys(
    gateway: httpx.Client, tokens: dict[str, str], kind: str
) -> None:
    """Without effect where no token is needed, and refused where one is."""
    told = {"authorization": f"Bearer {tokens[kind]}"} if kind != "none" else {}

    assert gateway.get("/api/catalog/v1/numbers", headers=told).status_code == 503
    assert gateway.get("/api/hold/v1/holds", headers=told).status_code == 401


def test_the_token_of_a_web_app_is_in_a_cookie(
    gateway: httpx.Client, tokens: dict[str, str]
) -> None:
    cookies = f"theme=dark; chonso_access={tokens['good']}; other=1"

    assert gateway.get("/api/hold/v1/holds", headers={"cookie": cookies}).status_code == 503


@pytest.mark.parametrize("kind", ["stale", "of another", "nonsense"])
def test_a_cookie_that_is_no_good_is_nobodys(
    gateway: httpx.Client, tokens: dict[str, str], kind: str
) -> None:
    told = {"cookie": f"chonso_access={tokens[kind]}"}

    assert gateway.get("/api/catalog/v1/numbers", headers=told).status_code == 503
    assert gateway.post("/api/identity/v1/sessions/refresh", headers=told).status_code == 503
    assert gateway.get("/api/hold/v1/holds", headers=told).status_code == 401


def test_a_cookie_of_another_name_is_no_token(
    gateway: httpx.Client, tokens: dict[str, str]
) -> None:
    told = {"cookie": f"chonso_refresh={tokens['good']}"}

    assert gateway.get("/api/hold/v1/holds", headers=told).status_code == 401


def test_the_console_has_a_cookie_of_its_own_and_no_other_counts_for_it(
    gateway: httpx.Client, tokens: dict[str, str]
) -> None:
    console = {"cookie": f"chonso_console_access={tokens['good']}"}
    customer = {"cookie": f"chonso_access={tokens['good']}"}
    asks = {"x-requested-by": "chonso-console"}

    def status(headers: dict[str, str], path: str = "/api/hold/v1/holds") -> int:
        return gateway.get(path, headers=headers).status_code

    assert status(console | asks) == 503
    assert status(customer | asks) == 401
    assert status(console) == status(console | {"x-requested-by": "chonso-web"}) == 401
    assert status(customer | {"x-requested-by": "chonso-web"}) == 503
    assert status(customer | asks, "/api/catalog/v1/numbers") == 503
    bearer = {"authorization": f"Bearer {tokens['good']}"}
    assert status(bearer | asks) == 503


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_name_of_a_scheme_has_no_case(
    gateway: httpx.Client, tokens: dict[str, str], scheme: str
) -> None:
    """RFC 9110, 11.1."""
    told = {"authorization": f"{scheme} {tokens['good']}"}

    assert gateway.get("/api/hold/v1/holds", headers=told).status_code == 503


def test_the_clock_that_signed_may_be_a_little_wrong(
    gateway: httpx.Client, tokens: dict[str, str]
) -> None:
    told = {"authorization": f"Bearer {tokens['a little old']}"}

    assert gateway.get("/api/hold/v1/holds", headers=told).status_code == 503


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/identity/v1/sessions/"),
        ("GET", "/api/catalog/v1/numbers/"),
        ("GET", "/api/shipping/v1/stores/"),
    ],
)
def test_a_slash_at_the_end_is_the_same_address(
    gateway: httpx.Client, method: str, path: str
) -> None:
    assert gateway.request(method, path).status_code == 503, "open to all, and nobody is there"
