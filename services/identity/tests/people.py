"""The phone that receives SMS in these tests, and the person who uses the routes."""

import re
from dataclasses import dataclass, field
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from typing import Annotated, Any

import httpx
from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse
from starlette.applications import Starlette
from starlette.routing import Mount

from identity.codes.gateways import tasks
from kit import clock
from kit.db import Database
from kit.tasks import Runner
from kit.testing import bearer, client, token_for
from kit.tokens import Verifier

LAN = "0931 266 868"
LAN_DIGITS = "84931266868"
PASSWORD = "mat-khau-cua-lan"
WRONG = "000000"
PAGE = {"X-Requested-By": "web"}
SIGN_IN = {"phone": LAN, "password": PASSWORD}


@dataclass
class SmsGatewayStandIn:
    """Speaks the SMS gateway's protocol: a key seen before is the same message."""

    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    down: bool = False
    refuses: bool = False
    loses_answers: bool = False

    def app(self) -> FastAPI:
        """Build what listens."""
        listener = FastAPI()

        @listener.post("/v1/messages")
        async def send(request: Request, idempotency_key: Annotated[str, Header()]) -> JSONResponse:
            if self.refuses:
                return JSONResponse({}, 422)
            if self.down:
                return JSONResponse({}, 503)
            self.sent.setdefault(idempotency_key, await request.json())
            return JSONResponse({"message_id": "1"}, 504 if self.loses_answers else 202)

        return listener

    def to(self, phone: str) -> list[str]:
        """Return the texts a phone received."""
        return [sms["text"] for sms in self.sent.values() if sms["to"] == phone]


@dataclass
class World:
    """The service, the phones, and a clock that can be moved."""

    app: FastAPI
    db: Database
    sms: SmsGatewayStandIn
    clock_file: Path
    moved: float = 0
    address: str = "203.0.113.7"
    """Address of the requests, as the gateway tells it."""

    def after(self, seconds: float) -> None:
        """Let time pass."""
        self.moved += seconds
        self.clock_file.write_text(str(self.moved))

    async def run_tasks(self) -> None:
        """Send what is due."""
        while await Runner(tasks, self.db).run_due(now=clock.now()):
            pass

    async def code_for(self, phone: str = LAN_DIGITS) -> str:
        """Read the newest code on a phone."""
        await self.run_tasks()
        digits = re.search(r"\b\d{6}\b", self.sms.to(phone)[-1])
        assert digits, "the newest SMS has no code"
        return digits.group()

    async def call(
        self, method: str, path: str, token: str | None = None, **body: Any
    ) -> httpx.Response:
        """Call a route through a gateway."""
        told = {"X-Forwarded-For": f"10.1.1.1, {self.address}"}
        async with client(self.app) as http:
            return await http.request(
                method, path, json=body or None, headers=told | (bearer(token) if token else {})
            )

    def under(self, **rules: Any) -> None:
        """Change the settings."""
        self.app.state.settings = self.app.state.settings.model_copy(update=rules)

    async def post(self, path: str, token: str | None = None, **body: Any) -> httpx.Response:
        """Post to a route."""
        return await self.call("POST", path, token, **body)

    async def registers(self, phone: str = LAN, password: str = PASSWORD) -> str:
        """Begin a registration."""
        answer = await self.post("/v1/registrations", phone=phone, password=password)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["registration_id"])

    async def becomes_customer(
        self, phone: str = LAN, digits: str = LAN_DIGITS, password: str = PASSWORD
    ) -> dict[str, Any]:
        """Register and activate; return the tokens."""
        registration = await self.registers(phone, password)
        code = await self.code_for(digits)
        answer = await self.post(f"/v1/registrations/{registration}/otp", code=code)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def logs_in(self, phone: str = LAN, password: str = PASSWORD) -> httpx.Response:
        """Log in."""
        return await self.post("/v1/sessions", phone=phone, password=password)

    async def forgets(self, phone: str = LAN) -> str:
        """Begin a password reset."""
        answer = await self.post("/v1/password-resets", phone=phone)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["reset_id"])


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return status and kind of a problem."""
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def admin(world: World) -> str:
    """Give an admin a token."""
    return token_for(world.app.state.settings.keys_dir, "staff", roles=["admin"])


def manager(world: World, *regions: str) -> str:
    """Give a manager of partners a token, of these regions or of head office."""
    keys = world.app.state.settings.keys_dir
    return token_for(keys, "staff", roles=["partner_manager"], regions=list(regions))


async def partner_token(
    world: World, client_id: str, secret: str, *, grant_type: str = "client_credentials"
) -> tuple[int, dict[str, Any]]:
    """Ask for a token as a sales channel does; return status and answer."""
    form = {"grant_type": grant_type, "client_id": client_id, "client_secret": secret}
    async with client(world.app) as http:
        answer = await http.post("/v1/oauth/token", data=form)
    return answer.status_code, answer.json()


def opened(world: World, pair: dict[str, Any]) -> dict[str, Any]:
    """Check an access token and return what it says."""
    verifier = Verifier(world.app.state.settings.keys_dir, "identity", "chonso")
    return verifier.open(pair["access_token"])


def browser_of(app: FastAPI) -> httpx.AsyncClient:
    """Make a browser with cookies of its own, for which the gateway has the service at its path."""
    gateway = Starlette(routes=[Mount("/api/identity", app)])
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(gateway),
        base_url="http://chonso.test/api/identity",
        headers=PAGE,
    )


def cookies_of(answer: httpx.Response) -> dict[str, Morsel[str]]:
    """Read the cookies that an answer sets."""
    jar = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        jar.load(line)
    return dict(jar)
