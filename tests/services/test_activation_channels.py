"""The law asks for the operator's own app: where a customer may activate is a setting (LAW01)."""

import importlib
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI

from events.ids import uuid7
from kit.db import Database
from kit.testing import client, token_for

REQUIRED: Final[dict[str, dict[str, str]]] = {
    "kyc": {"ekyc_url": "http://ekyc", "ekyc_api_key": "x"},
    "videocall": {},
    "activation": {},
}
DOCUMENTS: Final = {
    "GET /v1/sessions/{session_id}/declaration",
    "GET /v1/activations/{hold_id}/esim",
    "GET /v1/activations/{hold_id}/esim.png",
}
"""Routes where a customer reads documents of the activation, not its state alone."""
SHOWING: Final = {"POST /v1/socket-tickets"}
"""Routes that change nothing: a socket shows what a GET shows."""

Database_of = Callable[[str], Awaitable[Database]]
Asked = Callable[..., Awaitable[dict[str, str]]]


@pytest.fixture(params=REQUIRED, scope="module")
async def db(request: pytest.FixtureRequest, service_database: Database_of) -> Database:
    return await service_database(request.param)


@pytest.fixture
def asked(request: pytest.FixtureRequest, db: Database, keys_dir: Path) -> Asked:
    """Give a way to ask every route that needs a token, and to hear how each refuses."""
    service = request.node.callspec.params["db"]

    async def ask(kind: str, channels: str | None = None, **claims: Any) -> dict[str, str]:
        app = application(service, db, keys_dir, channels)
        token = token_for(keys_dir, kind, **claims)
        async with client(app, token) as http:
            return {name: await refusal(http, name) for name in closed_routes(app)}

    return ask


def application(service: str, db: Database, keys: Path, channels: str | None) -> FastAPI:
    """Build a service with a setting for its channels, or with none."""
    settings: Any = importlib.import_module(f"{service}.settings")
    main: Any = importlib.import_module(f"{service}.main")
    values = REQUIRED[service] | {
        "database_url": db.engine.url.render_as_string(hide_password=False),
        "keys_dir": keys,
    }
    if channels is not None:
        values |= {"activation_channels": channels}
    app: FastAPI = main.create_app(settings.Settings.model_validate(values), db)
    return app


def closed_routes(app: FastAPI) -> list[str]:
    """List the routes of a service that ask for a token."""
    return [
        f"{method.upper()} {path}"
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
        if "security" in operation
    ]


async def refusal(http: httpx.AsyncClient, name: str) -> str:
    """Ask a route, and return the kind of its problem, or nothing."""
    method, path = name.split(" ")
    kinds = {"{kind}": "FRONT", "{hold_code}": "GS26112400001W"}
    for part, value in kinds.items():
        path = path.replace(part, value)
    answer = await http.request(method, re.sub(r"\{\w+\}", str(uuid7()), path))
    return str(answer.json()["type"]).rpartition("/")[2] if answer.is_error else ""


async def test_in_a_browser_a_customer_only_sees_how_far_they_are(asked: Asked) -> None:
    """LAW01, SYS02; unless a setting says otherwise, only the app may do more."""
    in_app = await asked("customer", client="app")
    in_browser = await asked("customer", client="browser")

    own = {name for name, kind in in_app.items() if kind != "wrong-role"}
    led_to_the_app = {name for name, kind in in_browser.items() if kind == "activation-channel"}
    changing = {name for name in own - SHOWING if not name.startswith("GET ")}
    assert changing
    assert led_to_the_app == changing | (DOCUMENTS & own)
    assert "activation-channel" not in in_app.values()


async def test_where_the_setting_names_the_browser_it_may_do_everything(asked: Asked) -> None:
    in_browser = await asked("customer", "app, browser", client="browser")

    assert in_browser == await asked("customer", client="app")


async def test_a_token_that_names_no_client_is_an_apps(asked: Asked) -> None:
    """Those were given out before tokens named their client."""
    assert await asked("customer") == await asked("customer", client="app")


async def test_staff_work_in_a_browser(asked: Asked) -> None:
    roles = [
        "call_agent",
        "connection_officer",
        "region_manager",
        "store_staff",
        "admin",
        "auditor",
    ]
    duties: dict[str, Any] = {"roles": roles, "regions": [], "shop_code": "2HCM0001"}

    kinds = await asked("staff", client="browser", **duties)

    assert "activation-channel" not in kinds.values()
    assert kinds == await asked("staff", client="app", **duties)


async def test_a_sales_channel_gets_nowhere_near_the_activation(asked: Asked) -> None:
    """LAW01: partner credentials never reach kyc, videocall or activation."""
    kinds = await asked("partner", channel_code="KV2WEB")

    assert set(kinds.values()) == {"wrong-role"}


@pytest.mark.parametrize("channels", ["", "app,", "television"])
@pytest.mark.parametrize("db", ["kyc"], indirect=True)
async def test_a_setting_that_names_no_client_stops_the_service(
    db: Database, keys_dir: Path, channels: str
) -> None:
    with pytest.raises(ValueError, match="activation_channels"):
        application("kyc", db, keys_dir, channels)


@pytest.mark.parametrize("db", ["kyc"], indirect=True)
async def test_a_client_asks_before_its_customer_begins(db: Database, keys_dir: Path) -> None:
    async with client(application("kyc", db, keys_dir, "browser,app")) as anybody:
        both = await anybody.get("/v1/activation-channels")
    async with client(application("kyc", db, keys_dir, None)) as anybody:
        production = await anybody.get("/v1/activation-channels")

    assert both.json() == {"channels": ["app", "browser"]}
    assert production.json() == {"channels": ["app"]}
