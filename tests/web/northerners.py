"""People of Hà Nội: their calls ring at no desk of KV2, where agents sit in the console's tests."""

from dataclasses import replace
from typing import Final

from demo.actors import STAFF_PASSWORD, Actors
from demo.call_agent import CallAgent
from demo.customer import Customer
from demo.papers import Person, somebody
from demo.staff import Officer

HOME: Final = "KV1"
WARD: Final = "00070"
"""Phường Hoàn Kiếm."""
AGENT, OFFICER = "agent-kv1", "officer-kv1"
DUTIES: Final = {AGENT: "call_agent", OFFICER: "connection_officer"}


class Northerners(Actors):
    """The actors of another region, so that one worker answers while another sits at a desk."""

    async def begin(self) -> None:
        """Hire the staff of the region, which the local stack does not have."""
        admin = await self.desk("admin")
        for username, role in DUTIES.items():
            member = {"username": username, "roles": [role], "regions": [HOME]}
            await admin.post("/api/identity/v1/staff", member | {"password": STAFF_PASSWORD})

    def stranger(self, person: Person | None = None) -> Customer:
        """Return a person of Hà Nội without an account."""
        return super().stranger(person or replace(somebody(), ward_code=WARD))

    async def agent(self, name: str = AGENT) -> CallAgent:
        """Return an agent of the call team of KV1."""
        return await super().agent(name)

    async def officer(self, name: str = OFFICER) -> Officer:
        """Return an officer of the connection team of KV1."""
        return await super().officer(name)
