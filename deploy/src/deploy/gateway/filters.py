"""Envoy's HTTP filters: security headers, token, rate limit, size of the body."""

from typing import Any, Final

from deploy.gateway.headers import appended
from deploy.gateway.site import Site
from deploy.gateway.table import REACHABLE, SOCKET, Limit, Table
from values.moments import CLOCK_TOLERANCE

TYPES: Final = "type.googleapis.com/envoy.extensions.filters.http."
LIMIT: Final = "envoy.filters.http.local_ratelimit"
SIZE: Final = "envoy.filters.http.buffer"
SUBJECT: Final = "x-user-sub"
BEARER: Final = ("Bearer ", "bearer ", "BEARER ")
COOKIE: Final = "chonso_access"
"""The cookie with the access token of a web app, which no script can read."""
CONSOLE_COOKIE: Final = "chonso_console_access"
"""The same of the operators' console, which names itself in a header."""
CONSOLE: Final = ("x-requested-by", "chonso-console")
"""The header and its value by which the services, too, take the console's cookie."""

_ALWAYS: Final = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}
_EVERYBODY_TOGETHER: Final = 5_000
_SUBJECTS_REMEMBERED: Final = 20_000


def chain(table: Table, site: Site) -> list[dict[str, Any]]:
    """Return the filters in order: the rate limit counts by the subject that the token names."""
    router = {"@type": f"{TYPES}router.v3.Router"}
    headers = {"@type": _HEADERS_TYPE, "mutations": {"response_mutations": _mutations()}}
    return [
        {"name": "envoy.filters.http.header_mutation", "typed_config": headers},
        {"name": "envoy.filters.http.jwt_authn", "typed_config": _tokens(table, site)},
        {"name": LIMIT, "typed_config": {"@type": _LIMIT_TYPE, "stat_prefix": "limit"}},
        {"name": SIZE, "typed_config": _size(table)},
        {"name": "envoy.filters.http.router", "typed_config": router},
    ]


def limited(name: str, limit: Limit) -> dict[str, Any]:
    """Limit a route per subject, or per address where nobody has signed in."""
    signed_in = {"name": SUBJECT, "present_match": True}
    by_subject = [{"request_headers": {"header_name": SUBJECT, "descriptor_key": "subject"}}]
    by_address = [
        {
            "header_value_match": {
                "descriptor_key": "who",
                "descriptor_value": "nobody",
                "expect_match": False,
                "headers": [signed_in],
            }
        },
        {"remote_address": {}},
    ]
    rules = {
        "@type": _LIMIT_TYPE,
        "stat_prefix": f"limit_{name}",
        "token_bucket": _bucket(Limit(_EVERYBODY_TOGETHER, _EVERYBODY_TOGETHER)),
        "filter_enabled": _ALWAYS,
        "filter_enforced": _ALWAYS,
        "max_dynamic_descriptors": _SUBJECTS_REMEMBERED,
        "descriptors": [
            {"entries": [{"key": "subject"}], "token_bucket": _bucket(limit)},
            {
                "entries": [{"key": "who", "value": "nobody"}, {"key": "remote_address"}],
                "token_bucket": _bucket(limit),
            },
        ],
        "rate_limits": [{"actions": by_subject}, {"actions": by_address}],
        "response_headers_to_add": [{"header": {"key": "retry-after", "value": "1"}}],
    }
    return {LIMIT: rules}


def unbuffered() -> dict[str, Any]:
    """Switch buffering off for a stream."""
    return {SIZE: {"@type": f"{TYPES}buffer.v3.BufferPerRoute", "disabled": True}}


def forget_claims() -> list[dict[str, Any]]:
    """Remove the caller's `x-user-*` headers before any filter: only the gateway sets them."""
    match = {"key_matcher": {"prefix": "x-user-", "ignore_case": True}}
    kind = "envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation"
    return [
        {
            "name": "envoy.http.early_header_mutation.header_mutation",
            "typed_config": {
                "@type": f"type.googleapis.com/{kind}",
                "mutations": [{"remove_on_match": match}],
            },
        }
    ]


_LIMIT_TYPE: Final = f"{TYPES}local_ratelimit.v3.LocalRateLimit"
_HEADERS_TYPE: Final = f"{TYPES}header_mutation.v3.HeaderMutation"


def _mutations() -> list[dict[str, Any]]:
    return [{"append": header} for header in appended()]


def _tokens(table: Table, site: Site) -> dict[str, Any]:
    """Require a token, except on the public paths of the table, and of sockets.

    A browser sends no header of ours with a socket: its first message says who opened it.

    There a bad one counts for nothing: an app that kept its old one may still look for numbers.
    """
    rules: list[dict[str, Any]] = []
    for service in table.services:
        demands = [
            (table.blocked, None),  # nobody gets there, with or without a token
            ((*table.public, *service.public, SOCKET), "optional"),
            (REACHABLE, "needed"),
        ]
        for patterns, demand in demands:
            for pattern in patterns:
                for spelled in pattern.spellings():
                    rules += _rules(spelled.match(service.prefix), demand)
    return {
        "@type": f"{TYPES}jwt_authn.v3.JwtAuthentication",
        "providers": _providers(site),
        "requirement_map": _requirements("cookie") | _requirements("console"),
        "rules": rules,
        "bypass_cors_preflight": True,
    }


def _requirements(cookie: str) -> dict[str, Any]:
    places: list[dict[str, Any]] = [{"provider_name": "bearer"}, {"provider_name": cookie}]
    anything: dict[str, Any] = {"allow_missing_or_failed": {}}
    return {
        f"needed_{cookie}": {"requires_any": {"requirements": places}},
        f"optional_{cookie}": {"requires_any": {"requirements": [*places, anything]}},
    }


def _rules(match: dict[str, Any], demand: str | None) -> list[dict[str, Any]]:
    """Return the rules of a path, the console's before all others': the first match counts."""
    if demand is None:
        return [{"match": match}]
    name, value = CONSOLE
    header = {"name": name, "string_match": {"exact": value}}
    console = match | {"headers": [*match.get("headers", ()), header]}
    return [
        {"match": console, "requirement_name": f"{demand}_console"},
        {"match": match, "requirement_name": f"{demand}_cookie"},
    ]


def _providers(site: Site) -> dict[str, dict[str, Any]]:
    """Return where a token may stand, in the order in which it is looked for.

    One provider would take a cookie before a header, and count by another subject than the service.
    """
    # The name of a scheme has no case (RFC 9110, 11.1), but for Envoy it has.
    bearer = [{"name": "authorization", "value_prefix": scheme} for scheme in BEARER]
    return {
        "bearer": {**_provider(site), "from_headers": bearer},
        "cookie": {**_provider(site), "from_cookies": [COOKIE]},
        "console": {**_provider(site), "from_cookies": [CONSOLE_COOKIE]},
    }


def _provider(site: Site) -> dict[str, Any]:
    return {
        "issuer": "identity",
        "audiences": ["chonso"],
        "local_jwks": {"inline_string": site.jwks},
        "forward": True,  # the services check it again
        "clock_skew_seconds": int(CLOCK_TOLERANCE.total_seconds()),
        "claim_to_headers": [{"header_name": SUBJECT, "claim_name": "sub"}],
        "require_expiration": True,
        "jwt_cache_config": {"jwt_cache_size": 1000},
    }


def _size(table: Table) -> dict[str, Any]:
    return {"@type": f"{TYPES}buffer.v3.Buffer", "max_request_bytes": table.max_body_bytes}


def _bucket(limit: Limit) -> dict[str, Any]:
    return {
        "max_tokens": limit.burst,
        "tokens_per_fill": limit.per_second,
        "fill_interval": "1s",
    }
