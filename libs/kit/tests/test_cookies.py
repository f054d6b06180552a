"""A page's cookie says who asks, and a header of its own that the page asks, not another site."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from events.ids import uuid7
from kit.auth import AUDIENCE, ISSUER, AnyCaller, Caller, KnownCaller
from kit.cookies import ACCESS_COOKIE, CONSOLE, CONSOLE_ACCESS_COOKIE, REQUESTED_BY
from kit.db import Database
from kit.http import add_problem_answers
from kit.openapi import document_common_answers
from kit.revocations.checking import Revocations
from kit.testing import bearer, client, token_for
from kit.tokens import Signer, Verifier

PAGE = {REQUESTED_BY: "web"}


@pytest.fixture
def app(db: Database, keys_dir: Path) -> FastAPI:
    app = FastAPI()
    add_problem_answers(app)
    document_common_answers(app)
    app.state.access_tokens = Verifier(keys_dir, ISSUER, AUDIENCE)
    app.state.revocations = Revocations(db, fresh_seconds=0)

    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

    @app.api_route("/mine", methods=methods, include_in_schema=False)
    async def read_mine(caller: AnyCaller) -> str:
        return str(caller.subject_id)

    @app.post("/public")
    async def read_public(caller: KnownCaller) -> str:
        return _name(caller)

    return app


def _name(caller: Caller | None) -> str:
    return str(caller.subject_id) if caller else "nobody"


async def ask(
    app: FastAPI, method: str, path: str, cookie: str | None, headers: dict[str, str] | None = None
) -> httpx.Response:
    async with client(app) as http:
        cookies = {"Cookie": f"{ACCESS_COOKIE}={cookie}"} if cookie else {}
        return await http.request(method, path, headers=cookies | (headers or {}))


async def test_a_cookie_opens_what_a_bearer_token_opens(app: FastAPI, keys_dir: Path) -> None:
    lan = uuid7()
    token = token_for(keys_dir, subject_id=lan)

    by_cookie = await ask(app, "GET", "/mine", token)
    by_header = await ask(app, "GET", "/mine", None, bearer(token))

    assert by_cookie.json() == by_header.json() == str(lan)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_a_change_by_cookie_needs_the_header_of_our_pages(
    app: FastAPI, keys_dir: Path, method: str
) -> None:
    token = token_for(keys_dir)

    forged = await ask(app, method, "/mine", token)
    ours = await ask(app, method, "/mine", token, PAGE)
    by_token = await ask(app, method, "/mine", None, bearer(token))

    assert (forged.status_code, ours.status_code, by_token.status_code) == (403, 200, 200)
    assert forged.json()["type"] == "/problems/cross-site-request"
    assert "X-Requested-By" in forged.json()["title"]


async def test_reading_by_cookie_needs_no_header(app: FastAPI, keys_dir: Path) -> None:
    token = token_for(keys_dir)

    for method in ("GET", "HEAD"):
        assert (await ask(app, method, "/mine", token)).status_code == 200


async def test_a_forged_change_on_a_public_route_is_refused_where_it_would_be_somebodys(
    app: FastAPI, keys_dir: Path
) -> None:
    lan = uuid7()
    token = token_for(keys_dir, subject_id=lan)

    assert (await ask(app, "POST", "/public", token)).status_code == 403
    assert (await ask(app, "POST", "/public", token, PAGE)).json() == str(lan)


async def test_a_cookie_that_is_no_good_is_no_sign_in(app: FastAPI, keys_dir: Path) -> None:
    claims = {"sub": str(uuid7()), "kind": "customer"}
    expired = Signer(keys_dir, ISSUER).sign(AUDIENCE, claims, ttl=-timedelta(hours=1))

    for cookie in (expired, "x.y.z", None):
        assert (await ask(app, "POST", "/public", cookie)).json() == "nobody"
        assert (await ask(app, "GET", "/mine", cookie)).status_code == 401


async def test_a_bearer_token_goes_before_a_cookie(app: FastAPI, keys_dir: Path) -> None:
    lan, minh = uuid7(), uuid7()
    headers = bearer(token_for(keys_dir, subject_id=minh))

    answer = await ask(app, "POST", "/mine", token_for(keys_dir, subject_id=lan), headers)
    bad = await ask(app, "GET", "/mine", token_for(keys_dir, subject_id=lan), bearer("x.y.z"))

    assert answer.json() == str(minh)
    assert bad.status_code == 401


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_header_says_whose_cookie_is_meant_where_a_browser_has_both(
    app: FastAPI, keys_dir: Path, method: str
) -> None:
    lan, admin = uuid7(), uuid7()
    customer, staff = token_for(keys_dir, subject_id=lan), token_for(keys_dir, subject_id=admin)
    both = {"Cookie": f"{ACCESS_COOKIE}={customer}; {CONSOLE_ACCESS_COOKIE}={staff}"}

    async with client(app) as http:

        async def asks(requested_by: str) -> str:
            headers = both | {REQUESTED_BY: requested_by}
            answer = await http.request(method, "/mine", headers=headers)
            return str(answer.json())

        assert await asks(CONSOLE) == str(admin)
        assert await asks("chonso-web") == await asks("chonso-consoles") == str(lan)
        twice = [*both.items(), (REQUESTED_BY, CONSOLE), (REQUESTED_BY, "chonso-web")]
        assert (await http.request(method, "/mine", headers=twice)).json() == str(lan)
        if method == "GET":
            assert (await http.get("/mine", headers=both)).json() == str(lan)


async def test_the_console_is_nobody_by_a_customers_cookie(app: FastAPI, keys_dir: Path) -> None:
    answer = await ask(app, "GET", "/mine", token_for(keys_dir), {REQUESTED_BY: CONSOLE})

    assert answer.status_code == 401


def test_the_description_names_every_way_to_sign_in(app: FastAPI) -> None:
    described = app.openapi()

    schemes = described["components"]["securitySchemes"]
    assert schemes["HTTPBearer"]["scheme"] == "bearer"
    assert (schemes["AccessCookie"]["in"], schemes["AccessCookie"]["name"]) == (
        "cookie",
        "chonso_access",
    )
    assert schemes["ConsoleAccessCookie"]["name"] == "chonso_console_access"
    operation = described["paths"]["/public"]["post"]
    assert operation["security"] == [
        {"HTTPBearer": []},
        {"AccessCookie": []},
        {"ConsoleAccessCookie": []},
    ]
    assert "X-Requested-By" in operation["responses"]["403"]["description"]
