"""Rules about HTTPRoutes: they are the table of routes, no wider and no narrower, and pages."""

from collections.abc import Iterator
from typing import Final

from deploy.gateway import table
from deploy.gateway.headers import OF_SIMULATORS, OVER_TLS, SAID_ALWAYS
from deploy.gateway.table import API, SOCKET, Pattern, Service
from deploy.k8s.names import PACE_LABEL, TOKEN_LABEL
from deploy.k8s.rules.overlay import Overlay
from deploy.services import SIMULATORS, WEB

RouteMatch = tuple[str, str, str, bool]
"""Type of the path match, path, method or `*`, and whether the console's header is needed."""


Kinds = tuple[str, ...]
_WITH_TOKEN: Final = ("required", "console")
_CONSOLE: Final = {"type": "Exact", "name": "x-requested-by", "value": "chonso-console"}


def routes_are_the_table(overlay: Overlay) -> Iterator[str]:
    """Check backend, token, rate limit and timeout of each pattern of the table."""
    routing = table.read()
    actual = _actual(overlay)
    expected = {
        (*_match(service, spelled), kind == "console"): (service.name, kind, pace, f"{seconds}s")
        for service in routing.services
        for pattern, kinds, pace, seconds in _patterns(service, routing)
        for kind in kinds
        for spelled in pattern.spellings()
    }
    for match in sorted(set(expected) - set(actual)):
        yield f"No HTTPRoute leads {_spoken(match)} to {expected[match][0]}, as routes.toml does."
    for match in sorted(set(actual) - set(expected)):
        yield f"An HTTPRoute leads {_spoken(match)} to {actual[match][0]}: routes.toml does not."
    for match in sorted(set(actual) & set(expected)):
        if actual[match] != expected[match]:
            yield f"{_spoken(match)} is {actual[match]}, in routes.toml {expected[match]}."


def _patterns(service: Service, routing: table.Table) -> Iterator[tuple[Pattern, Kinds, str, int]]:
    public = (*routing.public, *service.public)
    seconds = dict(service.slow)
    for pattern in dict.fromkeys((*service.careful, *public, *seconds)):
        open_to_all = any(_is_within(pattern, other) for other in public)
        pace = "careful" if pattern in service.careful else "usual"
        kinds = ("optional",) if open_to_all else _WITH_TOKEN
        yield pattern, kinds, pace, seconds.get(pattern, routing.timeout_seconds)
    yield API, _WITH_TOKEN, "usual", routing.timeout_seconds
    yield SOCKET, ("optional",), "stream", 0


def _is_within(narrow: Pattern, wide: Pattern) -> bool:
    methods = wide.method in (None, narrow.method)
    below = wide.below and f"{narrow.path}/".startswith(f"{wide.path}/")
    return methods and (below or (narrow.path == wide.path and not narrow.below))


def _match(service: Service, pattern: Pattern) -> tuple[str, str, str]:
    kind = "PathPrefix" if pattern.below else "Exact"
    return kind, service.prefix + pattern.path, pattern.method or "*"


def _actual(overlay: Overlay) -> dict[RouteMatch, tuple[str, str, str, str]]:
    matches: dict[RouteMatch, tuple[str, str, str, str]] = {}
    for route in overlay.all("HTTPRoute"):
        labels = route["metadata"].get("labels", {})
        for rule in route["spec"]["rules"]:
            for match in rule.get("matches", []):
                path = match["path"]
                if "backendRefs" in rule and path["value"].startswith("/api/"):
                    console = match.get("headers") == [_CONSOLE]
                    key = (path["type"], path["value"], match.get("method", "*"), console)
                    backend = rule["backendRefs"][0]["name"]
                    kind = labels.get(TOKEN_LABEL), labels.get(PACE_LABEL)
                    matches[key] = (backend, *kind, rule["timeouts"]["request"])
    return matches


def pages_are_everything_else(overlay: Overlay) -> Iterator[str]:
    """Check that pages need no token, and that what no service has below /api is no page."""
    targets = {
        match["path"]["value"]: (
            rule.get("backendRefs", [{}])[0].get("name"),
            route["metadata"]["labels"].get(TOKEN_LABEL),
        )
        for route in overlay.all("HTTPRoute")
        for rule in route["spec"]["rules"]
        for match in rule.get("matches", [])
        if match["path"]["value"] in ("/", "/api")
    }
    if targets.get("/") != (WEB, "optional"):
        yield f"The pages are not led to {WEB}, for anybody: {targets.get('/')}."
    if targets.get("/api", (WEB,))[0] is not None:
        yield "An unknown address below /api would be a page."


def security_headers_are_said(overlay: Overlay) -> Iterator[str]:
    """Check that the gateway says the security headers with every answer."""
    said = {
        header["name"]: header["value"]
        for policy in overlay.all("ClientTrafficPolicy")
        for header in policy["spec"]["headers"].get("lateResponseHeaders", {}).get("set", [])
    }
    for name, value in (*SAID_ALWAYS.items(), OVER_TLS):
        if said.get(name) != value:
            yield f"The gateway does not say {name}: {value}."
    for rule in (rule for route in overlay.all("HTTPRoute") for rule in route["spec"]["rules"]):
        if rule.get("backendRefs", [{}])[0].get("name") == SIMULATORS and OF_SIMULATORS not in str(
            rule["filters"]
        ):
            yield f"The simulators' pages would not be shown: their policy is {OF_SIMULATORS}."


def blocked_paths_answer_nothing(overlay: Overlay) -> Iterator[str]:
    """Check that each blocked path has a route that answers 404."""
    nowhere = {
        (match["path"]["value"], "headers" in match)
        for route in overlay.all("HTTPRoute")
        for rule in route["spec"]["rules"]
        if "backendRefs" not in rule
        for match in rule.get("matches", [])
    }
    routing = table.read()
    for service in routing.services:
        for pattern in routing.blocked:
            path = service.prefix + pattern.path
            if not {(path, False), (path, True)} <= nowhere:
                yield f"{path} is not blocked."


def _spoken(match: RouteMatch) -> str:
    kind, path, method, console = match
    spoken = "every method" if method == "*" else method
    return f"{spoken} {path}{'/**' * (kind == 'PathPrefix')}{' of the console' * console}"


WITH_OPERATORS = (
    routes_are_the_table,
    pages_are_everything_else,
    security_headers_are_said,
    blocked_paths_answer_nothing,
)
