"""Whether the way in is the table of routes, no wider and no narrower."""

from collections.abc import Iterator

from deploy.gateway import table
from deploy.gateway.table import API, SOCKET, Pattern, Service
from deploy.k8s.rules.overlay import Overlay
from deploy.k8s.words import PACE_LABEL, TOKEN_LABEL

Way = tuple[str, str, str]
"""How a path is matched, the path, the method or a star."""


def routes_are_the_table(overlay: Overlay) -> Iterator[str]:
    """Check each pattern of the table: who is behind it, what it demands, how often it answers."""
    routing = table.read()
    found = _found(overlay)
    wanted = {
        _way(service, spelled): (service.name, token, pace, f"{seconds}s")
        for service in routing.services
        for pattern, token, pace, seconds in _patterns(service, routing)
        for spelled in pattern.spellings()
    }
    for way in sorted(set(wanted) - set(found)):
        yield f"No HTTPRoute leads {_spoken(way)} to {wanted[way][0]}, as routes.toml does."
    for way in sorted(set(found) - set(wanted)):
        yield f"An HTTPRoute leads {_spoken(way)} to {found[way][0]}: routes.toml does not."
    for way in sorted(set(found) & set(wanted)):
        if found[way] != wanted[way]:
            yield f"{_spoken(way)} is {found[way]}, in routes.toml {wanted[way]}."


def _patterns(service: Service, routing: table.Table) -> Iterator[tuple[Pattern, str, str, int]]:
    public = (*routing.public, *service.public)
    seconds = dict(service.slow)
    for pattern in dict.fromkeys((*service.careful, *public, *seconds)):
        open_to_all = any(_is_within(pattern, other) for other in public)
        pace = "careful" if pattern in service.careful else "usual"
        token = "optional" if open_to_all else "required"
        yield pattern, token, pace, seconds.get(pattern, routing.timeout_seconds)
    yield API, "required", "usual", routing.timeout_seconds
    yield SOCKET, "required", "stream", 0


def _is_within(narrow: Pattern, wide: Pattern) -> bool:
    methods = wide.method in (None, narrow.method)
    below = wide.below and f"{narrow.path}/".startswith(f"{wide.path}/")
    return methods and (below or (narrow.path == wide.path and not narrow.below))


def _way(service: Service, pattern: Pattern) -> Way:
    kind = "PathPrefix" if pattern.below else "Exact"
    return kind, service.prefix + pattern.path, pattern.method or "*"


def _found(overlay: Overlay) -> dict[Way, tuple[str, str, str, str]]:
    ways = {}
    for route in overlay.all("HTTPRoute"):
        labels = route["metadata"].get("labels", {})
        for rule in route["spec"]["rules"]:
            for match in rule.get("matches", []):
                path = match["path"]
                if "backendRefs" in rule and path["value"].startswith("/api/"):
                    way = (path["type"], path["value"], match.get("method", "*"))
                    backend = rule["backendRefs"][0]["name"]
                    kind = labels.get(TOKEN_LABEL), labels.get(PACE_LABEL)
                    ways[way] = (backend, *kind, rule["timeouts"]["request"])
    return ways


def blocked_paths_answer_nothing(overlay: Overlay) -> Iterator[str]:
    """Check that what no one outside may reach leads nowhere."""
    nowhere = {
        match["path"]["value"]
        for route in overlay.all("HTTPRoute")
        for rule in route["spec"]["rules"]
        if "backendRefs" not in rule
        for match in rule.get("matches", [])
    }
    routing = table.read()
    for service in routing.services:
        for pattern in routing.blocked:
            if service.prefix + pattern.path not in nowhere:
                yield f"{service.prefix}{pattern.path} is not blocked."


def _spoken(way: Way) -> str:
    kind, path, method = way
    return f"{'every method' if method == '*' else method} {path}{'/**' * (kind == 'PathPrefix')}"


WITH_OPERATORS = (routes_are_the_table, blocked_paths_answer_nothing)
