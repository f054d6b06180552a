"""The addresses that the invented customers come from, so that no limit counts them as one."""

import sys
from typing import Final
from urllib.parse import urlsplit

import httpx

from demo.gateway import Gateway

HOMES: Final = 16
"""One address may ask for 60 codes an hour for phones that it does not know."""


class Homes:
    """A client of the gateway for each home; on one machine each has its own loopback address."""

    def __init__(self, address: str) -> None:
        own = sys.platform == "linux" and urlsplit(address).hostname == "127.0.0.1"
        homes = [f"127.0.0.{number}" for number in range(10, 10 + HOMES)] if own else [None]
        self._gateways = [
            Gateway(
                httpx.AsyncClient(
                    base_url=address,
                    timeout=30,
                    transport=httpx.AsyncHTTPTransport(local_address=home),
                )
            )
            for home in homes
        ]

    def of(self, number: int) -> Gateway:
        """Return the client of the home of a journey's customer."""
        return self._gateways[number % len(self._gateways)]

    async def close(self) -> None:
        """Close all clients."""
        for gateway in self._gateways:
            await gateway.close()
