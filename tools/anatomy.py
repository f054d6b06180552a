"""The anatomy of a service as a contract of import-linter, so that no noun has to be listed.

Decision 0005 says in words what is checked here. A violation is one line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output

LAYERS: Final = (
    ("__main__",),
    ("main",),
    ("seed",),
    ("service consumers", "service jobs"),
    ("api", "consumers", "jobs"),
    ("commands", "queries"),
    ("tables", "gateways"),
    ("settings",),
    ("domain",),
    ("states",),
)
RANK: Final = {role: -rank for rank, layer in enumerate(LAYERS) for role in layer}
TOP: Final = {"__main__", "main", "seed", "service consumers", "service jobs", "tables", "settings"}
WAYS_IN: Final = {"api", "consumers", "jobs"}
ROLES: Final = {*WAYS_IN, "commands", "queries", "gateways", "domain", "states"}
GATHERS: Final = {
    "service consumers": {"consumers", "gateways", "settings"},
    "service jobs": {"jobs", "gateways", "settings"},
}
"""A service's own `consumers` and `jobs` gather those of the nouns and hand in what they need."""
BROKEN: Final = "Not in the anatomy of a service (docs/decisions/0005):"


@dataclass(frozen=True)
class Place:
    """A module inside a service: whose it is (no noun: the service's own) and its role."""

    service: str
    noun: str
    role: str

    @classmethod
    def of(cls, module: str, nouns: set[str]) -> Self:
        """Read the place from a module's full name; a noun's `__init__` has no role."""
        service, first, *rest = [*module.split("."), ""]
        if f"{service}.{first}" in nouns:
            return cls(service, first, rest[0])
        return cls(service, "", f"service {first}" if first in WAYS_IN else first)

    @property
    def known(self) -> bool:
        """Say whether the anatomy has this role here."""
        return self.role in (ROLES if self.noun else TOP)

    def may_import(self, other: Self) -> bool:
        """Say whether an import from here to there goes down and leads into no noun's way in."""
        if self.role in GATHERS:
            return other.role in GATHERS[self.role]
        if other.noun and other.role in WAYS_IN:
            return self.role == "main"
        if RANK[self.role] == RANK[other.role]:
            upwards = (self.role, other.role) == ("queries", "commands")
            return self == other or (self.noun != other.noun and not upwards)
        return RANK[self.role] > RANK[other.role]


class AnatomyContract(Contract):
    """Every service has the files of the anatomy, imports go down, and nouns form no circle."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001, import-linter's signature
        """Find what every service has outside the anatomy, a line for each thing."""
        lines = {line for service in _services(graph) for line in _violations(graph, service)}
        return ContractCheck(kept=not lines, metadata={BROKEN: sorted(lines)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print a line for each violation."""
        output.print_error(BROKEN)
        print(*(f"  {line}" for line in check.metadata[BROKEN]), sep="\n")


def _services(graph: ImportGraph) -> list[str]:
    """Find the services by their folders, and insist that import-linter reads each of them."""
    services = sorted(folder.name for folder in Path("services").glob("*/src/*/"))
    if missing := [service for service in services if service not in graph.modules]:
        message = f"root_packages of import-linter lack {', '.join(missing)}"
        raise ValueError(message)
    return services


def _violations(graph: ImportGraph, service: str) -> Iterator[str]:
    modules = graph.find_descendants(service)
    nouns = {m for m in modules if m.count(".") == 1 and graph.find_children(m)}
    nouns -= {f"{service}.{role}" for role in (*TOP, *WAYS_IN)}
    places = {module: Place.of(module, nouns) for module in modules - nouns}
    uses: dict[str, set[str]] = {}
    for module, place in places.items():
        if not place.known:
            yield ".".join(module.split(".")[: 3 if place.noun else 2])
    for importer, imported in _imports(graph, places):
        here, there = places[importer], places[imported]
        if here.known and there.known and not here.may_import(there):
            yield importer if here.role in GATHERS else f"{importer} -> {imported}"
        if here.noun and there.noun and here.noun != there.noun:
            uses.setdefault(here.noun, set()).add(there.noun)
    yield from (f"{service}: {' <-> '.join(circle)}" for circle in _circles(uses))


def _imports(graph: ImportGraph, places: dict[str, Place]) -> Iterator[tuple[str, str]]:
    for importer in places:
        for imported in graph.find_modules_directly_imported_by(importer) & places.keys():
            yield importer, imported


def _circles(uses: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of nouns that reach each other, each sorted by name."""
    reached = {noun: _reached(noun, uses) for noun in uses}
    groups = {
        frozenset(other for other in reached[noun] if noun in reached.get(other, ()))
        for noun in uses
        if noun in reached[noun]
    }
    return sorted(sorted(group) for group in groups)


def _reached(noun: str, uses: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = [noun]
    while ahead:
        new = uses.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return reached
