"""The routes of the Gateway API, from the same table as Envoy's own configuration."""

from typing import Final, Literal

from deploy.gateway.filters import BEARER
from deploy.gateway.render import IDLE
from deploy.gateway.table import API, SOCKET, Limit, Pattern, Service, Table
from deploy.k8s.names import PACE_LABEL, PORT, SUITE, TOKEN_LABEL, Object

Token = Literal["required", "optional"]
Pace = Literal["usual", "careful", "stream"]

NOTHING_HERE: Final = "nothing-here"
_ENVOY: Final = "gateway.envoyproxy.io"
_MOST_RULES: Final = 16


def routes(table: Table) -> list[Object]:
    """Return the HTTPRoutes of every service, one for each token requirement and rate limit."""
    return [route for service in table.services for route in _of(service, table)]


def policies(table: Table) -> list[Object]:
    """Return the policies that the routes' labels select: token, limits, retries."""
    return [
        # Where none is needed nothing is demanded: a policy would refuse a stale one.
        _token(),
        _pace("usual", table, table.usual, buffered=True),
        _pace("careful", table, table.careful, buffered=True),
        _pace("stream", table, table.usual, buffered=False),
        {
            "apiVersion": f"{_ENVOY}/v1alpha1",
            "kind": "HTTPRouteFilter",
            "metadata": {"name": NOTHING_HERE},
            "spec": {"directResponse": {"statusCode": 404}},
        },
    ]


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
    rules["required", "stream"] = [_rule(service, SOCKET, timeout="0s")]
    return [
        _route(service.name, token, pace, of_kind, table)
        for (token, pace), of_kind in sorted(rules.items())
    ]


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
    reference = {"group": _ENVOY, "kind": "HTTPRouteFilter", "name": NOTHING_HERE}
    return {
        "matches": [_match(service, pattern)],
        "filters": [{"type": "ExtensionRef", "extensionRef": reference}],
    }


def _match(service: Service, pattern: Pattern) -> Object:
    kind = "PathPrefix" if pattern.below else "Exact"
    path = {"type": kind, "value": service.prefix + pattern.path}
    return {"path": path, **({"method": pattern.method} if pattern.method else {})}


def _targets(label: str, value: str) -> list[Object]:
    return [
        {
            "group": "gateway.networking.k8s.io",
            "kind": "HTTPRoute",
            "matchLabels": {label: value},
        }
    ]


def _token() -> Object:
    provider = {
        "name": "identity",
        "issuer": "identity",
        "audiences": [SUITE],
        "remoteJWKS": {
            "uri": f"http://identity:{PORT}/v1/jwks",
            "backendRefs": [{"name": "identity", "port": PORT}],
            "cacheDuration": "60s",
        },
        "extractFrom": {
            "headers": [{"name": "Authorization", "valuePrefix": scheme} for scheme in BEARER]
        },
        "claimToHeaders": [{"header": "x-user-sub", "claim": "sub"}],
    }
    return {
        "apiVersion": f"{_ENVOY}/v1alpha1",
        "kind": "SecurityPolicy",
        "metadata": {"name": "token-required"},
        "spec": {
            "targetSelectors": _targets(TOKEN_LABEL, "required"),
            "jwt": {"providers": [provider]},
        },
    }


def _pace(pace: Pace, table: Table, limit: Limit, *, buffered: bool) -> Object:
    # A counter that all gateways share has no bucket to burst from: a minute's worth at once.
    often = {"requests": 60 * limit.per_second, "unit": "Minute"}
    subject = "x-user-sub"
    nobody = {"name": subject, "type": "RegularExpression", "value": ".+", "invert": True}
    each = [
        {"headers": [{"name": subject, "type": "Distinct"}]},
        {"headers": [nobody], "sourceCIDR": {"type": "Distinct", "value": "0.0.0.0/0"}},
    ]
    rules = [{"clientSelectors": [selector], "limit": often.copy()} for selector in each]
    size = {"requestBuffer": {"limit": f"{table.max_body_bytes // 1024}Ki"}} if buffered else {}
    return {
        "apiVersion": f"{_ENVOY}/v1alpha1",
        "kind": "BackendTrafficPolicy",
        "metadata": {"name": f"pace-{pace}"},
        "spec": {
            "targetSelectors": _targets(PACE_LABEL, pace),
            "rateLimit": {"type": "Global", "global": {"rules": rules}},
            "timeout": {"http": {"connectionIdleTimeout": IDLE}},
            # Only what cannot have arrived is tried again.
            "retry": {
                "numRetries": 2,
                "retryOn": {"triggers": ["connect-failure", "refused-stream"]},
            },
            **size,
        },
    }
