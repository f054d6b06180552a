"""The sales channels of the population: one of each region, each with a webhook."""

import time
from typing import Any, Final

from demo.actors import FRESH_SECONDS, Actors
from demo.gateway import Refusal, until
from demo.staff import Channel
from values.wards import Region

NAMES: Final = {
    "KV1": "Siêu thị SIM Hà Nội",
    "KV3": "Số đẹp Miền Trung",
    "KV4": "SIM Đất Tổ",
    "KV5": "Viễn thông Duyên Hải",
    "KV6": "SIM số Xứ Nghệ",
    "KV7": "Sàn SIM Cao Nguyên",
    "KV8": "Đông Nam Mobile",
    "KV9": "SIM Miền Tây",
}
"""The channels by region; KV2 has the seed's."""
TERMS: Final = {"kind": "COMMON", "collects_fee": True, "delivers": True}
WEBHOOKS: Final = "/api/hold/v1/partner/webhooks"
EXISTS: Final = ("webhook-exists", "too-many-webhooks")


class Channels:
    """The channels, registered by the administrator where they are missing."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._tokens: dict[Region, tuple[str, float]] = {}
        self._secrets: dict[Region, str] = {}

    async def of(self, region: Region) -> Channel:
        """Return the channel of a region, which hears of its holds by webhook (SYS04)."""
        if region not in NAMES:
            channel = await self._actors.channel()
        else:
            channel = Channel(self._actors.gateway.as_(await self._token(region)))
        await self._listens(channel, region)
        return channel

    async def _token(self, region: Region) -> str:
        """Return a token, with a new secret once in a run: nobody has kept the old one."""
        if region not in self._secrets:
            self._secrets[region] = await self._new_secret(region)
        token, at = self._tokens.get(region, ("", 0.0))
        if not token or time.monotonic() - at > FRESH_SECONDS:
            form = {"grant_type": "client_credentials", "client_id": _client_id(region)}
            secret = {"client_secret": self._secrets[region]}
            answer = await self._actors.client.post(
                "/api/identity/v1/oauth/token", data=form | secret
            )
            token = str(answer.raise_for_status().json()["access_token"])
            self._tokens[region] = token, time.monotonic()
        return token

    async def _new_secret(self, region: Region) -> str:
        admin, path = await self._actors.desk("admin"), "/api/identity/v1/partners"
        name = {"client_id": _client_id(region), "channel_code": f"{region}WEB"}
        try:
            body = name | {"name": NAMES[region], "region": region} | TERMS
            made = await admin.post(path, body)
        except Refusal as refusal:
            if refusal.slug != "channel-taken":
                raise
            [known] = [
                partner
                for partner in (await admin.get(path, limit=100))["items"]
                if partner["client_id"] == name["client_id"]
            ]
            answer = await admin.raw("PATCH", f"{path}/{known['id']}", json={"new_secret": True})
            made = answer.raise_for_status().json()
        return str(made["client_secret"])

    async def _listens(self, channel: Channel, region: Region) -> None:
        """Register the channel's webhook at the simulators, as soon as the channel is known."""
        body = {"url": f"{self._actors.address}/sim/partner/webhooks/{region.lower()}"}

        async def registered() -> dict[str, Any] | None:
            try:
                return dict(await channel.gateway.post(WEBHOOKS, body))
            except Refusal as refusal:
                if refusal.slug in EXISTS:
                    return {"webhook": None}
                return None  # a channel that was registered just now

        await until("the channel to have a webhook", registered)


def _client_id(region: Region) -> str:
    return f"kenh-{region.lower()}"
