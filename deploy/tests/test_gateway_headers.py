"""Security headers of what the gateway answers itself; those of others' answers: stack/tests."""

import httpx
import pytest

from deploy.gateway.headers import NOTHING, SAID_ALWAYS

LONG = {"x-long": "a" * 70_000}
BODY = bytes(10_000_000)


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/", {}, 503),
        ("GET", "/api", {}, 301),
        ("GET", "/api/nobody/v1/x", {}, 404),
        ("GET", "/api/hold/v1/internal/x", {}, 404),
        ("GET", "/api/hold/v1/holds", {}, 401),
        ("GET", "/api/catalog/v1/numbers", {}, 503),
        ("GET", "/api/order/v1/payments/vnpay/ipn", {}, 503),
        ("GET", "/api/hold/v1/holds%2flookup", {}, 400),
        ("GET", "/", {"headers": LONG}, 431),
        ("POST", "/api/hold/v1/holds/lookup", {"content": BODY}, 413),
    ],
)
def test_an_answer_of_the_gateway_has_every_header_once(
    gateway: httpx.Client, method: str, path: str, sent: dict[str, object], status: int
) -> None:
    answer = gateway.request(method, path, **sent)  # type: ignore[arg-type]

    assert answer.status_code == status
    said = {**SAID_ALWAYS, "content-security-policy": NOTHING}
    assert {name: answer.headers.get_list(name) for name in said} == {
        name: [value] for name, value in said.items()
    }


def test_the_list_of_apis_may_use_its_own_style_and_nothing_else(gateway: httpx.Client) -> None:
    answer = gateway.get("/api/")

    (policy,) = answer.headers.get_list("content-security-policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_may_use_camera_and_microphone_and_no_other_device() -> None:
    told = dict(part.split("=") for part in SAID_ALWAYS["permissions-policy"].split(", "))

    allowed = {device for device, origins in told.items() if origins != "()"}
    assert allowed == {"camera", "microphone"}
    assert {told[device] for device in allowed} == {"(self)"}
