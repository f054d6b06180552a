"""Calling addresses that partners chose: none of them may lead back into our own network."""

import asyncio
import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final, Protocol
from urllib.parse import quote, urlsplit, urlunsplit

import httpcore
import idna

_BROKEN: Final = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol)
_ANSWER_BYTES: Final = 65_536
_PORTS: Final = {"https": 443, "http": 80}
LONGEST: Final = 2000
_HOST: Final = re.compile("[a-z0-9_-]+(?:[.][a-z0-9_-]+)*[.]?")
_KEPT: Final = "%/:@!$&'()*+,;=?"
"""Characters that stand for themselves in a path or query; a percent sign before two digits."""
# Addresses of IPv6 that a gateway would turn into some address of IPv4, perhaps a private one.
_TRANSLATED: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("2002::/16"))


class AddressRefused(Exception):
    """An address that we do not call: it leads into our own network."""


@dataclass(frozen=True)
class Answer:
    """The answer of a receiver: a status, or the reason why there is none."""

    status: int | None
    error: str | None = None

    @property
    def is_taken(self) -> bool:
        """Tell whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004


class Post(Protocol):
    """Sends a body somewhere and never raises for what the other side does."""

    async def __call__(self, url: str, headers: dict[str, str], body: bytes, /) -> Answer:
        """Send it."""


class Caller:
    """Posts to public addresses by HTTPS. It follows no redirect and looks at no answer's body."""

    def __init__(self, *, seconds: float, private: bool = False) -> None:
        self._timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        self._seconds, self._private = seconds, private
        self._pool = httpcore.AsyncConnectionPool(
            network_backend=_Careful(private=private), keepalive_expiry=30, max_connections=50
        )

    async def check(self, url: str) -> str:
        """Return an address as it is called, or refuse it now rather than at the first delivery."""
        called = ascii_of(url)
        parts = urlsplit(called)
        if parts.scheme != "https" and not (self._private and parts.scheme == "http"):
            raise AddressRefused("it is not https")
        async with asyncio.timeout(self._seconds):
            await _addresses(str(parts.hostname), parts.port or 443, private=self._private)
        return called

    async def __call__(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Send a body; the whole exchange has so many seconds."""
        raw_headers: Any = [(name.encode(), value.encode()) for name, value in headers.items()]
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._pool.stream(
                    "POST",
                    ascii_of(url),
                    headers=raw_headers,
                    content=body,
                    extensions={"timeout": self._timeout},
                ) as answer,
            ):
                await _read_a_little(answer)
                return Answer(answer.status)
        except AddressRefused as refusal:
            return Answer(None, f"refused: {refusal}")
        except (TimeoutError, httpcore.TimeoutException):
            return Answer(None, "no answer in time")
        except (*_BROKEN, OSError, ValueError) as error:
            return Answer(None, type(error).__name__)

    async def close(self) -> None:
        """Hang up."""
        await self._pool.aclose()


class _Careful(httpcore.AsyncNetworkBackend):
    """Connects only to an address it has looked at: a name may mean another one the next moment."""

    def __init__(self, *, private: bool) -> None:
        self._private, self._network = private, httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109, the interface has it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002, likewise
    ) -> httpcore.AsyncNetworkStream:
        *others, last = await _addresses(host, port, private=self._private)
        for address in others:
            with suppress(httpcore.ConnectError):
                return await self._network.connect_tcp(address, port, timeout, local_address)
        return await self._network.connect_tcp(last, port, timeout, local_address)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def ascii_of(url: str) -> str:
    """Write an address as HTTP carries one: the host by IDNA, path and query percent-encoded."""
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port or _PORTS.get(parts.scheme)
        path, query = _encoded(parts.path or "/"), _encoded(parts.query)
    except ValueError as error:  # also what IDNA and UTF-8 cannot encode
        raise AddressRefused("it is not an address that can be written as one") from error
    if not host or parts.username or parts.password or parts.fragment:
        raise AddressRefused("it names no host, or more than host and path")
    at = host if port == _PORTS.get(parts.scheme) else f"{host}:{port}"
    written = urlunsplit((parts.scheme, at, path, query, ""))
    if len(written) > LONGEST:
        raise AddressRefused("it is too long")
    return written


def _host(name: str) -> str:
    if ":" in name:
        return f"[{IPv6Address(name)}]"
    host = name if name.isascii() else idna.encode(name, uts46=True).decode()
    if not _HOST.fullmatch(host):
        raise ValueError
    return host


def _encoded(text: str) -> str:
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", quote(text, safe=_KEPT))


async def _addresses(host: str, port: int, *, private: bool) -> list[str]:
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("its name is not known") from error
    addresses = [str(answer[4][0]) for answer in answers]
    # One private address among public ones is enough: it is no accident.
    if not private and not all(is_public(ip_address(a.partition("%")[0])) for a in addresses):
        raise AddressRefused("it is not a public address")
    return addresses


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is somewhere on the internet and nowhere else."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast


async def _read_a_little(answer: httpcore.Response) -> None:
    # A short answer read to its end lets the connection be used again; a long one is cut off.
    size = 0
    async for part in answer.aiter_stream():
        size += len(part)
        if size > _ANSWER_BYTES:
            return
