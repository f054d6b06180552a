"""Write `docs/roles.md`: what each role may call, and which screens of the console it sees.

The routes' roles are those of `web/packages/api/openapi.json` (`x-roles`), which the services read
from the dependencies that guard a route; the screens' are those that the console's rail reads. With
`--check` nothing is written: what is on disk has to be what they say.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from values.roles import ROLES

ROUTES: Final = Path("web/packages/api/openapi.json")
SCREENS: Final = Path("web/apps/console/src/shell/screens.json")
FILE: Final = Path("docs/roles.md")
OF_EVERY_SERVICE: Final = {"dead letters", "work list"}
"""Tags of the routes that the kit gives to all services alike."""

HEAD: Final = """\
# Roles

Written by `make openapi` from the dependencies that guard the routes (`kit.auth`, `x-roles` of
every operation) and from the table that the console's rail reads
(`web/apps/console/src/shell/screens.json`). `make check` compares; `tests/e2e/test_roles.py` asks
every route in every role ([decision 0040](decisions/0040-a-route-says-its-roles.md)).

A cross says that the role may call the route, not that everything there is shown: staff with
regions see what belongs to these, staff without any (head office) all, a store its own parcels, a
customer and a channel their own holds. What a caller may not see is not found (404), as if there
were none; a role without a cross is refused (403).
"""


@dataclass(frozen=True)
class Operation:
    """A route of a service, and the roles it lets in."""

    service: str
    method: str
    path: str
    roles: tuple[str, ...]
    summary: str
    of_every_service: bool

    @property
    def is_public(self) -> bool:
        """Tell whether the route asks for no token."""
        return self.roles == ("public",)


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Read the operations of the merged OpenAPI document, in its order."""
    for path, methods in document["paths"].items():
        _, _, service, own_path = path.split("/", 3)
        for method, operation in methods.items():
            yield Operation(
                service,
                method.upper(),
                f"/{own_path}",
                tuple(operation["x-roles"]),
                operation["summary"],
                not OF_EVERY_SERVICE.isdisjoint(operation["tags"]),
            )


def main() -> None:
    """Write the page, or compare it."""
    document = json.loads(ROUTES.read_text(encoding="utf-8"))
    text = written(list(operations(document)), json.loads(SCREENS.read_text(encoding="utf-8")))
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE} is not what routes and screens say. Run `make openapi`.")


def written(listed: list[Operation], screens: list[dict[str, Any]]) -> str:
    """Write the page."""
    parts = [HEAD, "## Screens of the console\n", _table("screen", map(_screen, screens))]
    shared = {(o.method, o.path): o for o in listed if o.of_every_service}
    parts += ["## Every service\n", _table("route", map(_route, shared.values()))]
    for service in dict.fromkeys(o.service for o in listed):
        own = [o for o in listed if o.service == service and not o.of_every_service]
        parts += [f"## {service}\n", _table("route", (_route(o) for o in own if not o.is_public))]
        parts += [line for line in [_public(own)] if line]
    return "\n".join(parts)


def _table(subject: str, rows: Iterable[str]) -> str:
    head = f"| {subject} | " + " | ".join(role.replace("_", " ") for role in ROLES) + " |"
    return "\n".join([head, "|---" * (len(ROLES) + 1) + "|", *rows, ""])


def _screen(screen: dict[str, Any]) -> str:
    return _row(f"{screen['title']} `/console{screen['path']}`", screen["roles"])


def _route(operation: Operation) -> str:
    name = f"`{operation.method} {operation.path}`<br>{operation.summary}"
    return _row(name, operation.roles)


def _row(name: str, roles: Iterable[str]) -> str:
    unknown = set(roles) - set(ROLES)
    if unknown:
        sys.exit(f"{name}: no such role: {', '.join(sorted(unknown))} (values.roles)")
    return f"| {name} | " + " | ".join("×" if role in roles else "" for role in ROLES) + " |"


def _public(own: list[Operation]) -> str:
    public = [f"`{o.method} {o.path}`" for o in own if o.is_public]
    return f"Without a token: {', '.join(public)}.\n" if public else ""


if __name__ == "__main__":
    main()
