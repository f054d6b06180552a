"""The staff of the nine regional companies, taken on where they are missing."""

from typing import Any, Final

from demo.actors import STAFF_PASSWORD, Actors
from demo.call_agent import CallAgent
from demo.gateway import Gateway, Refusal
from demo.staff import Officer, OspStaff, StoreStaff
from values.wards import Region

SEEDED_CLERKS: Final = {"2HCM0001": "store1"}
SUBSTITUTES: Final[dict[Region, Region]] = {"KV7": "KV3"}
"""The region whose staff stand in for one without a call team (rule R5 of routing, SD.3)."""


class RegionalStaff:
    """An agent, an officer and a supervisor of each region, and a clerk of each store."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._taken_on = set[str]()
        self._stores: dict[str, str] = {}

    async def osp(self) -> OspStaff:
        """Return OSP's packer, who works for every region."""
        return await self._actors.osp()

    async def agent(self, region: Region) -> CallAgent:
        """Return the call agent of a region, who is nobody that a person signs in as."""
        return CallAgent(await self._member("agent", "call_agent", region))

    async def officer(self, region: Region) -> Officer:
        """Return the connection officer of a region."""
        return Officer(await self._member("officer", "connection_officer", region))

    async def manager(self, region: Region) -> Gateway:
        """Return the client of a region's supervisor."""
        return await self._member("manager", "region_manager", region)

    async def clerk(self, store_code: str) -> StoreStaff:
        """Return a clerk of a store, the one that the autopilot would take on, too."""
        name = SEEDED_CLERKS.get(store_code)
        if name is None:
            name = f"clerk.{store_code.lower()}"
            await self._take_on(name, {"roles": ["store_staff"], "shop_code": store_code})
        return StoreStaff(await self._actors.desk(name))

    async def store_of(self, region: Region) -> str:
        """Return the store of a region in which its customers fetch SIMs."""
        if not self._stores:
            stores = (await self._actors.gateway.get("/api/shipping/v1/stores"))["items"]
            first = {"KV2": "2HCM0001"}  # the store of the seed's clerk
            for store in stores:
                first.setdefault(store["region"], store["store_code"])
            self._stores = first
        return self._stores[region]

    async def _member(self, duty: str, role: str, region: Region) -> Gateway:
        region = SUBSTITUTES.get(region, region)
        name = f"{duty}.{region.lower()}"
        await self._take_on(name, {"roles": [role], "regions": [region]})
        return await self._actors.desk(name)

    async def _take_on(self, name: str, duties: dict[str, Any]) -> None:
        if name in self._taken_on:
            return
        admin = await self._actors.desk("admin")
        body = {"username": name, "password": STAFF_PASSWORD} | duties
        try:
            await admin.post("/api/identity/v1/staff", body)
        except Refusal as refusal:
            if refusal.slug != "username-taken":
                raise
        self._taken_on.add(name)
