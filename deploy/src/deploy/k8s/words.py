"""Names and small pieces that everything in the cluster agrees on."""

from typing import Any, Final

SUITE: Final = "chonso"
PORT: Final = 8000
"""Where a service, and the simulators, answer over HTTP."""
SMTP_PORT: Final = 1025
GATEWAY_PORT: Final = 8080
KAFKA_BOOTSTRAP: Final = f"{SUITE}-kafka-bootstrap:9093"
PARTITIONS: Final = 12
"""Of every topic: as many members of a consumer group have something to do at once."""

SERVICE: Final = "service"
CHORE: Final = "chore"
OUTSIDE: Final = "outside"

NAME_LABEL: Final = "app.kubernetes.io/name"
COMPONENT_LABEL: Final = "app.kubernetes.io/component"
WORLD_LABEL: Final = "chonso.vn/talks-with"
"""On the pods of those who have business with systems that are not ours, and which these are."""
TOKEN_LABEL: Final = "chonso.vn/token"  # noqa: S105 # a label on a route
PACE_LABEL: Final = "chonso.vn/pace"

Object = dict[str, Any]
"""One object of Kubernetes, as it is written down."""


def labels(name: str, component: str) -> dict[str, str]:
    """Say what something is, the way everybody's tools look for it."""
    return {
        NAME_LABEL: name,
        COMPONENT_LABEL: component,
        "app.kubernetes.io/part-of": SUITE,
    }


def chosen(name: str, component: str) -> dict[str, str]:
    """Choose the pods of one workload; what selects may never change."""
    return {NAME_LABEL: name, COMPONENT_LABEL: component}


def database(service: str) -> str:
    """Name a service's database cluster."""
    return f"{service}-db"


def settings(name: str) -> str:
    """Name the ConfigMap with what a process is told."""
    return f"{name}-settings"


def secrets(name: str) -> str:
    """Name the Secret with what else it is told."""
    return f"{name}-secrets"


def keys(service: str) -> str:
    """Name the Secret with a service's private keys."""
    return f"{service}-keys"


PUBLIC_KEYS: Final = "public-keys"
"""The Secret with every issuer's public keys."""
