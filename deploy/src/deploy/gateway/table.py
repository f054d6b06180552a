"""The table of routes, as `deploy/gateway/routes.toml` writes it down."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from deploy.paths import ROOT

ROUTES: Final = ROOT / "deploy" / "gateway" / "routes.toml"

_BELOW: Final = "/**"


@dataclass(frozen=True)
class Pattern:
    """A path of a service, perhaps with all below it, perhaps for one method only."""

    path: str
    below: bool = False
    method: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Pattern":
        """Read `GET /v1/numbers/**`."""
        method, _, path = text.rpartition(" ")
        below = path.endswith(_BELOW)
        return cls(path.removesuffix(_BELOW), below, method or None)

    def spellings(self) -> "tuple[Pattern, ...]":
        """Return the same address with and without a slash at its end."""
        return (self,) if self.below else (self, replace(self, path=f"{self.path}/"))

    def match(self, prefix: str) -> dict[str, Any]:
        """Return Envoy's route match for the pattern below a prefix."""
        kind = "path_separated_prefix" if self.below else "path"
        match: dict[str, Any] = {kind: prefix + self.path}
        if self.method:
            match["headers"] = [{"name": ":method", "string_match": {"exact": self.method}}]
        return match


API: Final = Pattern("/v1", below=True)
SOCKET: Final = Pattern("/ws", below=True)
"""Sockets, of any service. The gateway asks them for no token: the service does."""
DESCRIPTION: Final = Pattern("/openapi.json", method="GET")

REACHABLE: Final = (API, SOCKET, DESCRIPTION)
"""All of a service that can be reached through the gateway."""


@dataclass(frozen=True)
class Limit:
    """A rate limit of one subject, or of one address without a token: a token bucket."""

    per_second: int
    burst: int


@dataclass(frozen=True)
class Service:
    """The routes of one service, below `/api/<name>`."""

    name: str
    public: tuple[Pattern, ...] = ()
    careful: tuple[Pattern, ...] = ()
    slow: tuple[tuple[Pattern, int], ...] = ()
    """Paths with a longer timeout, and its seconds."""

    @property
    def prefix(self) -> str:
        """The prefix of the service's paths at the gateway."""
        return f"/api/{self.name}"


@dataclass(frozen=True)
class Table:
    """The whole table: services, patterns, limits, timeout."""

    services: tuple[Service, ...]
    public: tuple[Pattern, ...]
    blocked: tuple[Pattern, ...]
    usual: Limit
    careful: Limit
    max_body_bytes: int
    timeout_seconds: int


def read(file: Path = ROUTES) -> Table:
    """Return the table in a file."""
    document = tomllib.loads(file.read_text())
    return Table(
        services=tuple(
            Service(
                name,
                _patterns(service, "public"),
                _patterns(service, "careful"),
                tuple((Pattern.parse(text), s) for text, s in service.get("slow", {}).items()),
            )
            for name, service in document["services"].items()
        ),
        public=_patterns(document, "public"),
        blocked=_patterns(document, "blocked"),
        usual=Limit(**document["limits"]["usual"]),
        careful=Limit(**document["limits"]["careful"]),
        max_body_bytes=document["max_body_bytes"],
        timeout_seconds=document["timeout_seconds"],
    )


def _patterns(document: dict[str, Any], key: str) -> tuple[Pattern, ...]:
    return tuple(Pattern.parse(text) for text in document.get(key, ()))
