"""Rules about resilience: disruption budgets, spreading, scaling."""

from collections.abc import Iterator

from deploy.k8s.names import PARTITIONS
from deploy.k8s.rules.overlay import Overlay, labels_of, name_of, pod_of, selects
from deploy.k8s.subscriptions import consumed_by
from deploy.services import MEDIA, SERVICES, WEB


def every_service_is_there(overlay: Overlay) -> Iterator[str]:
    """Check that each service has every kind of object it needs."""
    for kind in ("Deployment", "Service", "ServiceAccount"):
        for name in {*SERVICES, WEB} - set(overlay.named(kind)):
            yield f"{name} has no {kind}."
    if MEDIA not in overlay.named("StatefulSet"):
        yield f"{MEDIA} has no StatefulSet: calls would have no picture, and none is approved."
    jobs = overlay.named("Job")
    for service in SERVICES:
        if f"migrate-{service}" not in jobs:
            yield f"{service} has no Job migrate-{service}: its tables would stay as they are."


def a_node_may_be_emptied(overlay: Overlay) -> Iterator[str]:
    """Check that each workload has exactly one PodDisruptionBudget."""
    budgets = [budget["spec"]["selector"] for budget in overlay.all("PodDisruptionBudget")]
    for workload in overlay.all("Deployment", "StatefulSet"):
        matching = [budget for budget in budgets if selects(budget, labels_of(workload))]
        if len(matching) != 1:
            yield f"{name_of(workload)} has {len(matching)} PodDisruptionBudgets, not one."


def replicas_are_apart(overlay: Overlay) -> Iterator[str]:
    """Check that replicas spread over nodes, and that a rollout takes none away too early."""
    for workload in overlay.all("Deployment"):
        keys = [c["topologyKey"] for c in pod_of(workload).get("topologySpreadConstraints", [])]
        if "kubernetes.io/hostname" not in keys and workload["metadata"]["name"] in (
            *SERVICES,
            WEB,
        ):
            yield f"{name_of(workload)} may have all its pods on one node."
        rolling = workload["spec"].get("strategy", {}).get("rollingUpdate", {})
        if rolling.get("maxUnavailable") != 0:
            yield f"{name_of(workload)} takes pods away before others are ready."


def what_scales_is_not_fixed(overlay: Overlay) -> Iterator[str]:
    """Check that each service has a ScaledObject and no fixed number of replicas."""
    scaled = {scaler["spec"]["scaleTargetRef"]["name"] for scaler in overlay.all("ScaledObject")}
    for service, deployment in overlay.named("Deployment").items():
        if service in (*SERVICES, WEB) and service not in scaled:
            yield f"{service} has no ScaledObject."
        if service in scaled and "replicas" in deployment["spec"]:
            yield (
                f"Deployment {service} says replicas, but KEDA decides how many there are:"
                f" every rollout would undo what it decided."
            )


def scalers_look_at_the_right_thing(overlay: Overlay) -> Iterator[str]:
    """Check that consumers are scaled by their lag, and to no more pods than partitions."""
    for scaler in overlay.all("ScaledObject"):
        spec, service = scaler["spec"], scaler["spec"]["scaleTargetRef"]["name"]
        groups = [t["metadata"]["consumerGroup"] for t in spec["triggers"] if t["type"] == "kafka"]
        if consumed_by(service) and groups != [service]:
            yield f"ScaledObject {service} does not look at the lag of the group {service}."
        if spec["maxReplicaCount"] > PARTITIONS:
            yield f"ScaledObject {service} goes beyond {PARTITIONS}, the partitions of a topic."


RULES = (
    every_service_is_there,
    a_node_may_be_emptied,
    replicas_are_apart,
)
WITH_OPERATORS = (what_scales_is_not_fixed, scalers_look_at_the_right_thing)
