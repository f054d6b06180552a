"""Envoy's configuration, from the table of routes and the addresses of one place."""

from collections.abc import Sequence
from typing import Any, Final

from deploy.gateway.filters import chain, forget_claims
from deploy.gateway.problems import local_replies
from deploy.gateway.routes import routing
from deploy.gateway.site import Address, Site
from deploy.gateway.table import Table
from deploy.services import SIMULATORS, WEB

_MANAGER: Final = (
    "type.googleapis.com/"
    "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
)
_MOST_CONNECTIONS: Final = 4096
IDLE: Final = "4s"
"""Seconds that an idle connection to a service is kept: the service closes it after 5 s, and
whoever asked in that very moment would be told that nobody is there."""
_SOCKETS: Final = {
    "priority": "HIGH",
    "max_connections": _MOST_CONNECTIONS,
    "max_requests": _MOST_CONNECTIONS,
}
"""The budget of sockets at each service: each is a connection and a request for hours."""
_LINES: Final = {
    "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
        "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
        "common_http_protocol_options": {"idle_timeout": IDLE},
        "explicit_http_config": {"http_protocol_options": {}},
    }
}
_BY_NAME: Final = {
    "type": "STRICT_DNS",
    "dns_refresh_rate": "2s",
    # Who is no longer named is about to end, however well it still is.
    "ignore_health_on_host_removal": True,
}


def render(table: Table, site: Site) -> dict[str, Any]:
    """Return the whole configuration, ready to be written as JSON."""
    watched = {**site.services, WEB: [site.web]}
    clusters = [_cluster(name, hosts, watch="/readyz") for name, hosts in watched.items()]
    if site.simulators:
        clusters.append(_cluster(SIMULATORS, [site.simulators]))
    return {
        "node": {"id": "gateway", "cluster": "chonso"},
        "admin": {"address": _socket(site.admin)},
        "static_resources": {"listeners": [_listener(table, site)], "clusters": clusters},
        "overload_manager": _overload(),
    }


def _listener(table: Table, site: Site) -> dict[str, Any]:
    manager = {"name": "http", "typed_config": _manager(table, site)}
    return {
        "name": "public",
        "address": _socket(site.listen),
        "filter_chains": [{"filters": [manager]}],
    }


def _manager(table: Table, site: Site) -> dict[str, Any]:
    return {
        "@type": _MANAGER,
        "stat_prefix": "public",
        "use_remote_address": True,
        "normalize_path": True,
        "merge_slashes": True,
        "path_with_escaped_slashes_action": "REJECT_REQUEST",
        "request_timeout": "60s",
        "stream_idle_timeout": "300s",
        "generate_request_id": True,
        "server_header_transformation": "PASS_THROUGH",
        "early_header_mutation_extensions": forget_claims(),
        "http_filters": chain(table, site),
        "route_config": routing(table, site),
        "local_reply_config": local_replies(),
        "access_log": [_access_log()],
    }


def _access_log() -> dict[str, Any]:
    """Log without queries and tokens, which may say who somebody is, and without webhooks.

    The carrier's webhook has its secret in the path.
    """
    webhook = {"name": ":path", "string_match": {"contains": "/webhook/"}, "invert_match": True}
    line = {
        "at": "%START_TIME%",
        "method": "%REQ(:METHOD)%",
        "path": "%PATH(NQ:ORIG_OR_PATH)%",
        "status": "%RESPONSE_CODE%",
        "flags": "%RESPONSE_FLAGS%",
        "ms": "%DURATION%",
        "cluster": "%UPSTREAM_CLUSTER%",
        "request_id": "%REQ(X-REQUEST-ID)%",
        "traceparent": "%REQ(TRACEPARENT)%",
    }
    kind = "type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog"
    config = {"@type": kind, "log_format": {"json_format": line}}
    return {
        "name": "envoy.access_loggers.stdout",
        "filter": {"header_filter": {"header": webhook}},
        "typed_config": config,
    }


def _cluster(name: str, hosts: Sequence[Address], watch: str | None = None) -> dict[str, Any]:
    endpoints = [{"endpoint": {"address": _socket(host)}} for host in hosts]
    budget = {"budget_percent": {"value": 20}, "min_retry_concurrency": 5}
    by_name = any(host.host[0].isalpha() for host in hosts)
    return {
        "name": name,
        **(_BY_NAME if by_name else {"type": "STATIC"}),
        "connect_timeout": "1s",
        "typed_extension_protocol_options": _LINES,
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": endpoints}]},
        "circuit_breakers": {
            "thresholds": [{"max_requests": 1024, "retry_budget": budget}, _SOCKETS]
        },
        "common_lb_config": {"healthy_panic_threshold": {"value": 0}},
        "health_checks": [_health(watch)] if watch else [],
    }


def _health(path: str) -> dict[str, Any]:
    """Return the health check: every 2 s, and every 0.3 s after a failure."""
    return {
        "timeout": "2s",
        "interval": "2s",
        "no_traffic_interval": "2s",
        "unhealthy_interval": "0.3s",
        "unhealthy_threshold": 3,
        "healthy_threshold": 1,
        "http_health_check": {"path": path},
    }


def _socket(address: Address) -> dict[str, Any]:
    return {"socket_address": {"address": address.host, "port_value": address.port}}


def _overload() -> dict[str, Any]:
    kind = (
        "type.googleapis.com/"
        "envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig"
    )
    return {
        "resource_monitors": [
            {
                "name": "envoy.resource_monitors.global_downstream_max_connections",
                "typed_config": {
                    "@type": kind,
                    "max_active_downstream_connections": _MOST_CONNECTIONS,
                },
            }
        ]
    }
