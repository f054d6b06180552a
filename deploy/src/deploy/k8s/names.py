"""Names, ports and labels that all manifests share."""

from typing import Any, Final

SUITE: Final = "chonso"
PORT: Final = 8000
"""The HTTP port of services and simulators."""
SMTP_PORT: Final = 1025
GATEWAY_PORT: Final = 8080
KAFKA_BOOTSTRAP: Final = f"{SUITE}-kafka-bootstrap:9093"
PARTITIONS: Final = 12
"""Partitions of every topic, and so the most members of a consumer group that work at once."""

SERVICE: Final = "service"
JOB: Final = "job"
OUTSIDE: Final = "outside"
PAGES: Final = "pages"
MEDIA_NODE: Final = "media-node"

NAME_LABEL: Final = "app.kubernetes.io/name"
COMPONENT_LABEL: Final = "app.kubernetes.io/component"
WORLD_LABEL: Final = "chonso.vn/talks-with"
"""The label of pods that call other systems: `outside` or `partners`."""
TOKEN_LABEL: Final = "chonso.vn/token"  # noqa: S105 # a label on a route
PACE_LABEL: Final = "chonso.vn/pace"

Object = dict[str, Any]
"""One manifest, as a dictionary."""


def labels(name: str, component: str) -> dict[str, str]:
    """Return the recommended labels of an object."""
    return {
        NAME_LABEL: name,
        COMPONENT_LABEL: component,
        "app.kubernetes.io/part-of": SUITE,
    }


def chosen(name: str, component: str) -> dict[str, str]:
    """Return the selector of one workload's pods; a selector is immutable."""
    return {NAME_LABEL: name, COMPONENT_LABEL: component}


def database(service: str) -> str:
    """Return the name of a service's database cluster."""
    return f"{service}-db"


def settings(name: str) -> str:
    """Return the name of a process's ConfigMap of variables."""
    return f"{name}-settings"


def secrets(name: str) -> str:
    """Return the name of a process's Secret of variables."""
    return f"{name}-secrets"


def keys(service: str) -> str:
    """Return the name of the Secret with a service's private keys."""
    return f"{service}-keys"


PUBLIC_KEYS: Final = "public-keys"
"""The Secret with every issuer's public keys."""
