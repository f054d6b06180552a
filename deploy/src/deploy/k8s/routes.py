"""The routes of the Gateway API, from the same table as Envoy's own configuration."""

from copy import deepcopy
from typing import Final, Literal

from deploy.gateway.filters import CONSOLE
from deploy.gateway.table import API, SOCKET, Pattern, Service, Table
from deploy.k8s.names import PACE_LABEL, PORT, SUITE, TOKEN_LABEL, Object
from deploy.services import WEB

Token = Literal["required", "console", "optional"]
"""The token that a route needs: the usual, one that may be in the console's cookie, or none."""
Pace = Literal["usual", "careful", "stream", "pages"]

NOTHING_HERE: Final = "nothing-here"
ENVOY: Final = "gateway.envoyproxy.io"
_MOST_RULES: Final = 16


def routes(table: Table) -> list[Object]:
    """Return the HTTPRoutes: of each service one for each token requirement and rate limit.

    What needs a token has a second route for the console, chosen by its header.
    """
    usual = [route for service in table.services for route in _of(service, table)]
    required = [r for r in usual if r["metadata"]["labels"][TOKEN_LABEL] == "required"]
    return [*usual, *(_of_console(route) for route in required), _pages(table)]


def _of(service: Service, table: Table) -> list[Object]:
    public = (*table.public, *service.public)
    rules: dict[tuple[Token, Pace], list[Object]] = {}
    for pattern in service.careful:
        rules.setdefault((_demand(pattern, public), "careful"), []).append(_rule(service, pattern))
    for pattern in public:
        if pattern not in service.careful:
            rules.setdefault(("optional", "usual"), []).append(_rule(service, pattern))
    for pattern, seconds in service.slow:
        slow = _rule(service, pattern, f"{seconds}s")
        rules.setdefault((_demand(pattern, public), "usual"), []).append(slow)
    usual = rules.setdefault(("required", "usual"), [])
    usual += [_rule(service, API), *(_nothing(service, pattern) for pattern in table.blocked)]
    rules["optional", "stream"] = [_rule(service, SOCKET, timeout="0s")]
    return [
        _route(service.name, token, pace, of_kind, table)
        for (token, pace), of_kind in sorted(rules.items())
    ]


def _of_console(route: Object) -> Object:
    """Return the same route for the requests that mean the console's cookie; it goes before."""
    copy = deepcopy(route)
    copy["metadata"]["name"] = route["metadata"]["name"].replace("-required-", "-console-")
    copy["metadata"]["labels"][TOKEN_LABEL] = "console"
    name, value = CONSOLE
    for rule in copy["spec"]["rules"]:
        for match in rule["matches"]:
            match["headers"] = [{"type": "Exact", "name": name, "value": value}]
    return copy


def _demand(pattern: Pattern, public: tuple[Pattern, ...]) -> Token:
    return "optional" if any(covers(other, pattern) for other in public) else "required"


def covers(wide: Pattern, narrow: Pattern) -> bool:
    """Tell whether `wide` matches every request that `narrow` matches."""
    if wide.method not in (None, narrow.method):
        return False
    if wide.path == narrow.path:
        return wide.below or not narrow.below
    return wide.below and narrow.path.startswith(f"{wide.path}/")


def _route(service: str, token: Token, pace: Pace, rules: list[Object], table: Table) -> Object:
    assert len(rules) <= _MOST_RULES, f"{service} has more than {_MOST_RULES} {token} {pace} routes"
    for rule in rules:
        rule.setdefault("timeouts", {"request": f"{table.timeout_seconds}s"})
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": {
            "name": f"{service}-{token}-{pace}",
            "labels": {TOKEN_LABEL: token, PACE_LABEL: pace},
        },
        "spec": {"parentRefs": [{"name": SUITE, "sectionName": "https"}], "rules": rules},
    }


def _rule(service: Service, pattern: Pattern, timeout: str | None = None) -> Object:
    path = (
        {"type": "ReplacePrefixMatch", "replacePrefixMatch": pattern.path}
        if pattern.below
        else {"type": "ReplaceFullPath", "replaceFullPath": pattern.path}
    )
    return {
        "matches": [_match(service, spelled) for spelled in pattern.spellings()],
        "filters": [{"type": "URLRewrite", "urlRewrite": {"path": path}}],
        "backendRefs": [{"name": service.name, "port": PORT}],
        **({"timeouts": {"request": timeout}} if timeout else {}),
    }


def _nothing(service: Service, pattern: Pattern) -> Object:
    return {"matches": [_match(service, pattern)], "filters": [_nothing_here()]}


def _below(path: str) -> Object:
    return {"path": {"type": "PathPrefix", "value": path}}


def _nothing_here() -> Object:
    reference = {"group": ENVOY, "kind": "HTTPRouteFilter", "name": NOTHING_HERE}
    return {"type": "ExtensionRef", "extensionRef": reference}


def _pages(table: Table) -> Object:
    """Return the route of what is below no service: pages for anybody, but nothing below /api."""
    rules: list[Object] = [
        {"matches": [_below("/api")], "filters": [_nothing_here()]},
        {"matches": [_below("/")], "backendRefs": [{"name": WEB, "port": PORT}]},
    ]
    return _route(WEB, "optional", "pages", rules, table)


def _match(service: Service, pattern: Pattern) -> Object:
    kind = "PathPrefix" if pattern.below else "Exact"
    path = {"type": kind, "value": service.prefix + pattern.path}
    return {"path": path, **({"method": pattern.method} if pattern.method else {})}
