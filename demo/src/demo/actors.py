"""The people of the demo and of the tests, each with a client of the gateway."""

import time
from typing import Any, Final

import httpx

from demo.call_agent import CallAgent
from demo.customer import Customer
from demo.gateway import Gateway
from demo.outside import Outside
from demo.papers import Person, somebody
from demo.staff import Channel, Officer, OspStaff, StoreStaff

STAFF_PASSWORD: Final = "chonso-demo"  # noqa: S105, the local stack's own, printed in its README
FRESH_SECONDS: Final = 600
CHANNEL: Final = ("demo-channel", "demo-channel-secret")


class Actors:
    """The customers, staff and partners who use the suite through its gateway."""

    def __init__(self, address: str, line: httpx.AsyncBaseTransport | None = None) -> None:
        self.address = address
        self.client = httpx.AsyncClient(
            base_url=address, timeout=30, follow_redirects=False, transport=line
        )
        self.gateway = Gateway(self.client)
        self.outside = Outside(self.gateway)
        self._tokens: dict[str, tuple[str, float]] = {}

    async def close(self) -> None:
        """Leave."""
        await self.gateway.close()

    def stranger(self, person: Person | None = None) -> Customer:
        """Return a person without an account."""
        return Customer(self.gateway, self.outside, person or somebody())

    async def customer(self, person: Person | None = None) -> Customer:
        """Return a customer with an account, signed in."""
        customer = self.stranger(person)
        await customer.registers()
        return customer

    async def osp(self) -> OspStaff:
        """Return the OSP's packer."""
        return OspStaff(await self._desk("osp1"))

    async def store(self) -> StoreStaff:
        """Return a clerk of the store 2HCM0001."""
        return StoreStaff(await self._desk("store1"))

    async def agent(self, name: str = "agent1") -> CallAgent:
        """Return an agent of the call team of KV2."""
        return CallAgent(await self._desk(name))

    async def officer(self, name: str = "officer1") -> Officer:
        """Return an officer of the connection team of KV2."""
        return Officer(await self._desk(name))

    async def desk(self, name: str) -> Gateway:
        """Return the client of any member of staff."""
        return await self._desk(name)

    async def channel(self) -> Channel:
        """Return a sales channel that collects the fee and brings the SIM itself."""
        name, secret = CHANNEL
        if not self._is_fresh("channel"):
            form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
            answer = await self.client.post("/api/identity/v1/oauth/token", data=form)
            answer.raise_for_status()
            self._keep("channel", answer.json()["access_token"])
        return Channel(self.gateway.as_(self._tokens["channel"][0]))

    async def _desk(self, name: str) -> Gateway:
        if not self._is_fresh(name):
            tokens: dict[str, Any] = await self.gateway.post(
                "/api/identity/v1/staff-sessions", {"username": name, "password": STAFF_PASSWORD}
            )
            self._keep(name, tokens["access_token"])
        return self.gateway.as_(self._tokens[name][0])

    def _keep(self, name: str, token: str) -> None:
        self._tokens[name] = token, time.monotonic()

    def _is_fresh(self, name: str) -> bool:
        """Return whether a token is still good: it lives for fifteen minutes."""
        return name in self._tokens and time.monotonic() - self._tokens[name][1] < FRESH_SECONDS
