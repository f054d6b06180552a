"""The server of the web apps' files: a process without database, Kafka, keys and settings."""

from deploy.k8s.names import PAGES, PORT, Object
from deploy.k8s.workloads import (
    GRACE_SECONDS,
    account,
    budget,
    deployment,
    listening,
    resources,
    restricted_container,
    restricted_pod,
    service,
    spread,
)
from deploy.services import WEB


def of_web() -> list[Object]:
    """Return the objects of the server, the same in every place."""
    return [
        account(WEB, PAGES),
        service(WEB, PAGES, {"http": PORT}),
        deployment(WEB, PAGES, _pod()),
        budget(WEB, PAGES),
    ]


def _pod() -> Object:
    container = {
        "name": WEB,
        "image": f"chonso/{WEB}",
        **listening(),
        "resources": resources("20m", "96Mi"),
        **restricted_container(),
    }
    return {
        **restricted_pod(WEB),
        "terminationGracePeriodSeconds": GRACE_SECONDS,
        "topologySpreadConstraints": spread(WEB, PAGES),
        "containers": [container],
    }
