"""Envoy's routes: the cluster of each path, its timeout, its retries."""

from dataclasses import replace
from typing import Any, Final

from deploy.gateway.filters import limited, unbuffered
from deploy.gateway.headers import OF_SIMULATORS, POLICY, entry
from deploy.gateway.site import Site
from deploy.gateway.table import API, DESCRIPTION, SOCKET, Limit, Pattern, Service, Table
from deploy.gateway.welcome import POLICY_OF_PAGE, welcome
from deploy.services import SIMULATORS, WEB

_READING: Final = replace(API, method="GET")

# Only what certainly had no effect is tried again: a read, or a request that never arrived.
_RETRY_READS: Final = "connect-failure,refused-stream,reset,gateway-error"
_RETRY_REST: Final = "connect-failure,refused-stream"
_LARGEST_PAGE: Final = 16_384


def routing(table: Table, site: Site) -> dict[str, Any]:
    """Return the route configuration, the most specific routes first."""
    routes = [route for service in table.services for route in _of(service, table, site)]
    if site.simulators:
        routes += _outside()
    routes += [*_directory(table, site), _pages(table)]
    return {
        "name": "routes",
        "max_direct_response_body_size_bytes": _LARGEST_PAGE,
        "virtual_hosts": [{"name": "chonso", "domains": ["*"], "routes": routes}],
    }


def _of(service: Service, table: Table, site: Site) -> list[dict[str, Any]]:
    if service.name not in site.services:
        return [{"match": API.match(service.prefix), "direct_response": {"status": 503}}]
    blocked: list[dict[str, Any]] = [
        {"match": pattern.match(service.prefix), "direct_response": {"status": 404}}
        for pattern in table.blocked
    ]
    name, careful = service.name, table.careful
    return [
        *blocked,
        *(
            _route(service, spelled, table, _limit(site, f"{name}_careful", careful))
            for pattern in service.careful
            for spelled in pattern.spellings()
        ),
        *(
            _route(service, spelled, table, _limit(site, name, table.usual), seconds)
            for pattern, seconds in service.slow
            for spelled in pattern.spellings()
        ),
        *(
            _route(service, pattern, table, _limit(site, name, table.usual))
            for pattern in (_READING, API, DESCRIPTION)
        ),
        _socket(service, _limit(site, name, table.usual)),
    ]


def _limit(site: Site, name: str, limit: Limit) -> dict[str, Any]:
    return limited(name, limit) if site.limits else {}


def _route(
    service: Service,
    pattern: Pattern,
    table: Table,
    filters: dict[str, Any],
    seconds: int | None = None,
) -> dict[str, Any]:
    reads = pattern.method == "GET"
    return {
        "match": pattern.match(service.prefix),
        "route": {
            **_to(service.name, service.prefix),
            "timeout": f"{seconds or table.timeout_seconds}s",
            "retry_policy": _retries(_RETRY_READS if reads else _RETRY_REST),
        },
        "typed_per_filter_config": filters,
    }


def _socket(service: Service, filters: dict[str, Any]) -> dict[str, Any]:
    return {
        "match": SOCKET.match(service.prefix),
        "route": {
            **_to(service.name, service.prefix),
            "timeout": "0s",
            "priority": "HIGH",  # sockets are many and idle: they have a budget of their own
            "upgrade_configs": [{"upgrade_type": "websocket"}],
        },
        "typed_per_filter_config": {**filters, **unbuffered()},
    }


def _retries(on: str) -> dict[str, Any]:
    return {
        "retry_on": on,
        "num_retries": 2,
        "retry_back_off": {"base_interval": "0.05s", "max_interval": "0.5s"},
        "retry_host_predicate": [_ANOTHER_HOST],
        "host_selection_retry_max_attempts": 3,
    }


def _outside() -> list[dict[str, Any]]:
    pages = {
        "match": {"prefix": "/sim/"},
        "route": {**_to(SIMULATORS, "/sim"), "timeout": "60s"},
        "response_headers_to_add": [entry(POLICY, OF_SIMULATORS)],
    }
    return [{"match": {"path": "/sim"}, "redirect": {"path_redirect": "/sim/"}}, pages]


def _directory(table: Table, site: Site) -> list[dict[str, Any]]:
    """Return the list of all APIs at `/api/`, and nothing at what else is below."""
    html = entry("content-type", "text/html; charset=utf-8")
    return [
        {"match": {"path": "/api"}, "redirect": {"path_redirect": "/api/"}},
        {
            "match": {"path": "/api/"},
            "direct_response": {"status": 200, "body": {"inline_string": welcome(table, site)}},
            "response_headers_to_add": [html, entry(POLICY, POLICY_OF_PAGE)],
        },
        {"match": {"prefix": "/api/"}, "direct_response": {"status": 404}},
    ]


def _pages(table: Table) -> dict[str, Any]:
    """Return the route of everything else: files and pages of the web apps, for anybody."""
    return {
        "match": {"prefix": "/"},
        "route": {
            "cluster": WEB,
            "timeout": f"{table.timeout_seconds}s",
            "retry_policy": _retries(_RETRY_REST),
        },
    }


def _to(cluster: str, prefix: str) -> dict[str, Any]:
    """Return a route to a cluster that removes the gateway's prefix from the path."""
    rewrite = {"pattern": {"regex": f"^{prefix}/"}, "substitution": "/"}
    return {"cluster": cluster, "regex_rewrite": rewrite}


_ANOTHER_HOST: Final = {
    "name": "envoy.retry_host_predicates.previous_hosts",
    "typed_config": {
        "@type": "type.googleapis.com/"
        "envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"
    },
}
