"""The policies of the Gateway API's routes: token, limits, retries, headers."""

from deploy.gateway.filters import BEARER, CONSOLE_COOKIE, COOKIE
from deploy.gateway.headers import NOTHING, OVER_TLS, POLICY, SAID_ALWAYS
from deploy.gateway.render import IDLE
from deploy.gateway.table import Limit, Table
from deploy.k8s.names import PACE_LABEL, PORT, SUITE, TOKEN_LABEL, Object
from deploy.k8s.routes import ENVOY, NOTHING_HERE, Pace, Token


def policies(table: Table) -> list[Object]:
    """Return the policies that the routes' labels select: token, limits, retries."""
    return [
        # Where none is needed nothing is demanded: a policy would refuse a stale one.
        _token("required", COOKIE),
        _token("console", CONSOLE_COOKIE),
        _pace("usual", table, table.usual, buffered=True),
        _pace("careful", table, table.careful, buffered=True),
        _pace("stream", table, table.usual, buffered=False),
        _pace("pages", table, None, buffered=False),
        _of_clients(),
        {
            "apiVersion": f"{ENVOY}/v1alpha1",
            "kind": "HTTPRouteFilter",
            "metadata": {"name": NOTHING_HERE},
            "spec": {"directResponse": {"statusCode": 404}},
        },
    ]


def _targets(label: str, value: str) -> list[Object]:
    return [
        {
            "group": "gateway.networking.k8s.io",
            "kind": "HTTPRoute",
            "matchLabels": {label: value},
        }
    ]


def _token(token: Token, cookie: str) -> Object:
    # Any of them will do, the first that is good counts.
    bearer = [{"name": "Authorization", "valuePrefix": scheme} for scheme in BEARER]
    places: dict[str, Object] = {"bearer": {"headers": bearer}, "cookie": {"cookies": [cookie]}}
    return {
        "apiVersion": f"{ENVOY}/v1alpha1",
        "kind": "SecurityPolicy",
        "metadata": {"name": f"token-{token}"},
        "spec": {
            "targetSelectors": _targets(TOKEN_LABEL, token),
            "jwt": {"providers": [_provider(*place) for place in places.items()]},
        },
    }


def _provider(name: str, where: Object) -> Object:
    return {
        "name": name,
        "issuer": "identity",
        "audiences": [SUITE],
        "remoteJWKS": {
            "uri": f"http://identity:{PORT}/v1/jwks",
            "backendRefs": [{"name": "identity", "port": PORT}],
            "cacheDuration": "60s",
        },
        "extractFrom": where,
        "claimToHeaders": [{"header": "x-user-sub", "claim": "sub"}],
    }


def _pace(pace: Pace, table: Table, limit: Limit | None, *, buffered: bool) -> Object:
    limits = {"rateLimit": {"type": "Global", "global": {"rules": _rules(limit)}}} if limit else {}
    size = {"requestBuffer": {"limit": f"{table.max_body_bytes // 1024}Ki"}} if buffered else {}
    return {
        "apiVersion": f"{ENVOY}/v1alpha1",
        "kind": "BackendTrafficPolicy",
        "metadata": {"name": f"pace-{pace}"},
        "spec": {
            "targetSelectors": _targets(PACE_LABEL, pace),
            **limits,
            "timeout": {"http": {"connectionIdleTimeout": IDLE}},
            # Only what cannot have arrived is tried again.
            "retry": {
                "numRetries": 2,
                "retryOn": {"triggers": ["connect-failure", "refused-stream"]},
            },
            **size,
        },
    }


def _rules(limit: Limit) -> list[Object]:
    # A counter that all gateways share has no bucket to burst from: a minute's worth at once.
    often = {"requests": 60 * limit.per_second, "unit": "Minute"}
    subject = "x-user-sub"
    nobody = {"name": subject, "type": "RegularExpression", "value": ".+", "invert": True}
    each = [
        {"headers": [{"name": subject, "type": "Distinct"}]},
        {"headers": [nobody], "sourceCIDR": {"type": "Distinct", "value": "0.0.0.0/0"}},
    ]
    return [{"clientSelectors": [selector], "limit": often.copy()} for selector in each]


def _of_clients() -> Object:
    """Return what the gateway does with every request and answer, whichever the route."""
    said = [{"name": name, "value": value} for name, value in (*SAID_ALWAYS.items(), OVER_TLS)]
    return {
        "apiVersion": f"{ENVOY}/v1alpha1",
        "kind": "ClientTrafficPolicy",
        "metadata": {"name": SUITE},
        "spec": {
            "targetRefs": [
                {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": SUITE}
            ],
            "path": {"escapedSlashesAction": "RejectRequest"},
            "headers": {
                # Only the gateway may say who somebody is.
                "earlyRequestHeaders": {"removeOnMatch": [{"type": "Prefix", "value": "x-user-"}]},
                "lateResponseHeaders": {
                    "set": said,
                    "addIfAbsent": [{"name": POLICY, "value": NOTHING}],
                },
            },
            "connection": {"connectionLimit": {"value": 4096}},
            "timeout": {"http": {"requestReceivedTimeout": "60s"}},
        },
    }
