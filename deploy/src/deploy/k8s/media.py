"""Media nodes: processes that relay and record calls, each with a name and a disk of its own."""

from typing import Final

from deploy.k8s.names import (
    MEDIA_NODE,
    PORT,
    SERVICE,
    Object,
    chosen,
    labels,
    secrets,
)
from deploy.k8s.workloads import (
    account,
    budget,
    listening,
    resources,
    restricted_container,
    restricted_pod,
    service,
    spread,
)
from deploy.services import MEDIA

_SERVICE: Final = "videocall"
FIRST_UDP, LAST_UDP = 40_000, 40_999
"""A call of two takes eight ports: a node has them for 125 calls."""
DRAIN_SECONDS: Final = 900
"""The time that calls may go on after their node was told to end; it takes no new ones."""


def of_media() -> list[Object]:
    """Return the objects of the media nodes, the same in every place."""
    headless = service(MEDIA, MEDIA_NODE, {"http": PORT})
    # By name and not by turns; a node that drains is still asked about its calls.
    headless["spec"] |= {"clusterIP": "None", "publishNotReadyAddresses": True}
    return [account(MEDIA, MEDIA_NODE), headless, _nodes(), budget(MEDIA, MEDIA_NODE), *_network()]


def _nodes() -> Object:
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "20Gi"}}}
    template = {"metadata": {"labels": labels(MEDIA, MEDIA_NODE)}, "spec": _pod()}
    return {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": MEDIA, "labels": labels(MEDIA, MEDIA_NODE)},
        "spec": {
            "serviceName": MEDIA,
            "replicas": 2,
            "podManagementPolicy": "Parallel",
            "selector": {"matchLabels": chosen(MEDIA, MEDIA_NODE)},
            "template": template,
            "volumeClaimTemplates": [{"metadata": {"name": "recordings"}, "spec": claim}],
        },
    }


def _pod() -> Object:
    secret = {"name": secrets(_SERVICE), "key": f"{_SERVICE.upper()}_MEDIA_SECRET"}
    container = {
        "name": MEDIA,
        "image": f"chonso/{MEDIA}",
        "env": [
            {"name": "MEDIA_ADDRESSES", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
            {"name": "MEDIA_PORTS", "value": f"{FIRST_UDP}-{LAST_UDP}"},
            {"name": "MEDIA_DRAIN_SECONDS", "value": str(DRAIN_SECONDS)},
            {"name": "MEDIA_SECRET", "valueFrom": {"secretKeyRef": secret}},
        ],
        **listening(),
        "resources": resources("200m", "256Mi", "1Gi"),
        **restricted_container(),
        "volumeMounts": [{"name": "recordings", "mountPath": "/recordings"}],
    }
    return {
        **restricted_pod(MEDIA),
        "terminationGracePeriodSeconds": DRAIN_SECONDS + 60,
        "topologySpreadConstraints": spread(MEDIA, MEDIA_NODE),
        "containers": [container],
    }


def _network() -> list[Object]:
    """Return who may connect: the service to the control API, and people to the UDP ports."""
    nodes = {"podSelector": {"matchLabels": chosen(MEDIA, MEDIA_NODE)}}
    ours = {"podSelector": {"matchLabels": chosen(_SERVICE, SERVICE)}}
    control = [{"port": PORT, "protocol": "TCP"}]
    udp = [{"port": FIRST_UDP, "endPort": LAST_UDP, "protocol": "UDP"}]
    return [
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": {"name": MEDIA},
            "spec": {
                **nodes,
                "policyTypes": ["Ingress"],
                "ingress": [{"from": [ours], "ports": control}, {"ports": udp}],
            },
        },
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": {"name": f"{_SERVICE}-to-{MEDIA}"},
            "spec": {
                **ours,
                "policyTypes": ["Egress"],
                "egress": [{"to": [nodes], "ports": control}],
            },
        },
    ]
