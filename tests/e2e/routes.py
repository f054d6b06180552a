"""The table of all routes, and the faults that can be made in what is sent to them."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tools.roles import ROUTES, operations

from demo.papers import sim_card

METHODS: Final = ("get", "post", "put", "patch", "delete")
NAME: Final = re.compile(r"\{(\w+)\}")
LONG: Final = "x" * 100_000
TOO_LARGE: Final = 10_000_000
LEVELS: Final = 100_000
FEWER_LEVELS: Final = 500
PLAIN: Final = {
    "kind": "FRONT",
    "carrier": "ghn",
    "msisdn": "84999999999",
    "hold_code": "GS26112400001W",
    "team": "KV2",
    "region": "KV2",
    "day": "2027-01-02",
    "province_code": "79",
    "ward_code": "26740",
    "role": "CUSTOMER",
    "part": "1",
}
"""Names in a path that are not ids."""


@dataclass(frozen=True)
class Sent:
    """A request, and the fault in it."""

    fault: str
    content: bytes
    content_type: str = "application/json"
    status: int | None = None
    """The expected status, where it is not the route's own."""

    @property
    def field(self) -> str | None:
        """Name the field with the fault, if it is in one."""
        return self.fault.partition(":")[2] or None

    @property
    def headers(self) -> dict[str, str]:
        """Say what the content is."""
        when = {"X-Captured-At": datetime.now(UTC).isoformat()}
        return {"content-type": self.content_type} | when if self.content else when


@dataclass(frozen=True)
class Route:
    """A row of the table."""

    service: str
    method: str
    path: str
    roles: tuple[str, ...]
    """The roles it lets in, as the service itself says; `public` for all."""

    owner: str
    """The role of the caller who has the objects of the story."""

    body: dict[str, Any] | None = None
    jpeg: bool = False
    optional: bool = False
    renamed: dict[str, str] = field(default_factory=dict)
    malformed: dict[str, int] = field(default_factory=dict)
    bad: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    foreign: Any = 404
    speaks: str = "problems"

    @property
    def is_public(self) -> bool:
        """Tell whether it asks for no token."""
        return self.roles == ("public",)

    @property
    def name(self) -> str:
        """Name it as the table does, with its service."""
        return f"{self.method} /api/{self.service}{self.path}"

    @property
    def in_path(self) -> list[str]:
        """List the names in its path."""
        return NAME.findall(self.path)

    @property
    def objects(self) -> list[str]:
        """List the names of objects in path and body."""
        names = [*self.in_path, *NAME.findall(json.dumps(self.body))]
        return [name for name in dict.fromkeys(names) if name.endswith("_id")]

    def address(self, story: dict[str, str]) -> str:
        """Write the path with the names of a story in it."""
        return f"/api/{self.service}" + NAME.sub(lambda m: self._told(m, story), self.path)

    def right(self, story: dict[str, str]) -> Sent:
        """Send what is right."""
        if self.jpeg:
            return Sent("nothing", sim_card("8984010000000000000"), "image/jpeg")
        return Sent("nothing", b"" if self.body is None else self._filled_in(self.body, story))

    def wrong(self, story: dict[str, str]) -> Iterator[Sent]:
        """Make every fault in the body."""
        if self.jpeg:
            yield from _wrong_pictures(self.right(story).content)
        elif self.body is not None:
            right = self.right(story)
            yield Sent("not-json", b'{"a": ')
            yield Sent("not-utf-8", b'{"a": "\xff\xfe"}', status=400)
            yield Sent("too-deep", b"[" * LEVELS, status=400)
            yield Sent("deep", b"[" * FEWER_LEVELS + b"]" * FEWER_LEVELS)
            yield Sent("not-json-type", right.content, "image/jpeg")
            yield Sent("list", b"[]")
            yield Sent("text", b'"x"')
            yield Sent("too-large", b" " * TOO_LARGE + right.content, status=413)
            if not self.optional:
                yield Sent("empty", b"{}")
            for name, value in self.body.items():
                for fault, wrong in _wrong_values(value):
                    changed = self.body | {name: wrong}
                    yield Sent(f"{fault}:{name}", self._filled_in(changed, story))

    def _filled_in(self, body: Any, story: dict[str, str]) -> bytes:
        text = NAME.sub(lambda m: self._told(m, story), json.dumps(body, ensure_ascii=True))
        return text.encode()

    def _told(self, name: re.Match[str], story: dict[str, str]) -> str:
        word = name.group(1)
        return story[self.renamed.get(word, word)]


def _wrong_values(value: Any) -> Iterator[tuple[str, Any]]:
    yield "type", 5 if isinstance(value, dict) else {"a": 1}
    if isinstance(value, str):
        yield "long", LONG
        yield "nul", "a\0b"
        yield "half", "a\ud800b"  # half a character: JSON can say it, UTF-8 cannot
    if isinstance(value, int) and not isinstance(value, bool):
        yield "huge", 10**30
        yield "negative", -1


def _wrong_pictures(picture: bytes) -> Iterator[Sent]:
    yield Sent("not-jpeg-type", picture, "application/json", status=400)
    yield Sent("png-type", picture, "image/png")
    yield Sent("json", b"{}", "image/jpeg")
    yield Sent("nothing", b"", "image/jpeg")
    yield Sent("half", picture[: len(picture) // 2], "image/jpeg")
    yield Sent("too-large", picture + bytes(TOO_LARGE), "image/jpeg", status=413)


def table() -> list[Route]:
    """Read the table, and the roles from what the services say of themselves."""
    text = (Path(__file__).parent / "routes.toml").read_text(encoding="utf-8")
    services = tomllib.loads(text)
    shared = services.pop("every")
    documented = {
        f"{operation.method} /api/{operation.service}{operation.path}": operation.roles
        for operation in operations(json.loads(ROUTES.read_text(encoding="utf-8")))
    }
    return [
        _row(service, key, dict(row), documented)
        for service, rows in services.items()
        for key, row in (rows | shared).items()
    ]


def _row(
    service: str, key: str, row: dict[str, Any], documented: dict[str, tuple[str, ...]]
) -> Route:
    method, path = key.split(" ")
    roles = documented.get(f"{method} /api/{service}{path}", ("nobody",))
    renamed = row.pop("is", {})
    statuses: dict[str, int] = {what: row.pop(what) for what in ("own", "plain") if what in row}
    return Route(
        service,
        method,
        path,
        roles,
        row.pop("owner", roles[0]),
        renamed=renamed,
        statuses=statuses,
        **row,
    )
