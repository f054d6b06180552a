"""Rule about NetworkPolicies: exactly the needed connections are permitted."""

from collections.abc import Iterator
from typing import Final

from deploy.k8s.names import (
    COMPONENT_LABEL,
    GATEWAY_PORT,
    JOB,
    NAME_LABEL,
    PORT,
    SERVICE,
    SMTP_PORT,
    SUITE,
    database,
)
from deploy.k8s.rules.overlay import Overlay, labels_of
from deploy.k8s.rules.traffic import Connection, End, Network
from deploy.k8s.sites import talks_with
from deploy.services import MEDIA, SIMULATORS, WEB

DNS, POSTGRES, KAFKA, KAFKA_TLS, OTLP, HTTPS, MAIL = 53, 5432, 9092, 9093, 4318, 443, 587
PORTS: Final = [DNS, HTTPS, MAIL, SMTP_PORT, OTLP, POSTGRES, PORT, GATEWAY_PORT, KAFKA, KAFKA_TLS]
_LETTERS: Final = "notification"
_BROKERS: Final = "the brokers"
_OPEN_DOOR: Final = ("gateway", GATEWAY_PORT)
"""The gateway's port, which anybody may connect to, if it is in the namespace."""


def only_needed_connections(overlay: Overlay) -> Iterator[str]:
    """Compare permitted with needed connections; a hole on one side alone counts."""
    network, ends = Network(list(overlay.all("NetworkPolicy"))), _ends(overlay)
    managed = {cluster["metadata"]["name"] for cluster in overlay.all("Cluster")} | {_BROKERS}
    needed = set(_needed(overlay, ends))
    for caller, called, port in sorted(network.connections(ends, PORTS, agreed=False) - needed):
        # What operators' pods say to each other and to the API is not about us.
        if caller not in managed and (called, port) != _OPEN_DOOR:
            yield f"A NetworkPolicy lets {caller} reach {called}:{port}, which has no reason to."
    for caller, called, port in sorted(needed - network.connections(ends, PORTS, agreed=True)):
        yield f"No NetworkPolicy lets {caller} reach {called}:{port}, which it has to."


def _ends(overlay: Overlay) -> list[End]:
    ours = [
        End(workload["metadata"]["name"], labels_of(workload))
        for workload in overlay.all("Deployment", "StatefulSet", "Job")
    ]
    clusters = [
        End(cluster["metadata"]["name"], {"cnpg.io/cluster": cluster["metadata"]["name"]})
        for cluster in overlay.all("Cluster")
    ]
    brokers = {"strimzi.io/cluster": SUITE, "strimzi.io/broker-role": "true"}
    envoy = {"gateway.envoyproxy.io/owning-gateway-name": SUITE}
    inside = [] if overlay.site.alone else [End(_BROKERS, brokers)]
    others = [
        End("DNS", {"k8s-app": "kube-dns"}, "kube-system"),
        End("the gateway's pods", envoy, "envoy-gateway-system"),
        End("Prometheus", {NAME_LABEL: "prometheus"}, "monitoring"),
        End("the collector", {NAME_LABEL: "opentelemetry-collector"}, "monitoring"),
        End("KEDA", {"app": "keda-operator"}, "keda"),
    ]
    # Anybody may label a pod like another's; only the namespace is not theirs to choose.
    impostors = [End(f"an impostor of {end.name}", end.labels, "elsewhere") for end in others]
    strangers = [
        End("the world", address="203.0.113.7"),
        End("our own networks", address="10.1.2.3"),
        End("a pod nobody expects", {NAME_LABEL: "unexpected"}),
    ]
    return [*ours, *clusters, *inside, *others, *impostors, *strangers]


def _needed(overlay: Overlay, ends: list[End]) -> Iterator[Connection]:
    yield from ((end.name, "DNS", DNS) for end in ends if end.is_ours)
    yield from _of_services(overlay)
    yield from _of_the_gateway(overlay)
    yield from _of_the_outside(overlay)
    if not overlay.site.alone:
        yield "KEDA", _BROKERS, KAFKA_TLS
        return
    for end in ends:  # who comes from outside, and the simulators, which call back
        if not end.is_ours or end.name == SIMULATORS:
            yield end.name, *_OPEN_DOOR


def _of_services(overlay: Overlay) -> Iterator[Connection]:
    alone = overlay.site.alone
    bus = ("kafka", KAFKA) if alone else (_BROKERS, KAFKA_TLS)
    yield "videocall", MEDIA, PORT
    for workload in overlay.all("Deployment", "Job"):
        name, labels = workload["metadata"]["name"], labels_of(workload)
        owner, component = labels[NAME_LABEL], labels[COMPONENT_LABEL]
        if component in (SERVICE, JOB, "outside"):
            yield name, "postgres" if alone else database(owner), POSTGRES
        if component == SERVICE or (component == JOB and alone):
            yield name, *bus
        if component == SERVICE and not alone:
            yield "Prometheus", name, PORT
            yield name, "the collector", OTLP


def _of_the_gateway(overlay: Overlay) -> Iterator[Connection]:
    gateway = "gateway" if overlay.site.alone else "the gateway's pods"
    for name in (*overlay.services(), WEB):
        yield gateway, name, PORT
    if SIMULATORS in overlay.named("Deployment"):
        yield gateway, SIMULATORS, PORT


def _of_the_outside(overlay: Overlay) -> Iterator[Connection]:
    real = overlay.site.outside is not None
    for service in overlay.services():
        business = talks_with(service)
        if business == "outside":
            yield service, *(("the world", HTTPS) if real else (SIMULATORS, PORT))
        elif business == "partners" and not overlay.site.alone:
            yield service, "the world", HTTPS
    yield _LETTERS, *(("the world", MAIL) if real else (SIMULATORS, SMTP_PORT))
    if not real and not overlay.site.alone:
        yield SIMULATORS, "the world", HTTPS
        yield SIMULATORS, "our own networks", HTTPS


RULES = (only_needed_connections,)
