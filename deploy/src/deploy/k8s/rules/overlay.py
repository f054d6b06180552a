"""One rendered overlay, and queries that rules need."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from deploy.k8s.names import COMPONENT_LABEL, SERVICE, Object
from deploy.k8s.sites import Site

WORKLOADS: Final = ("Deployment", "StatefulSet", "Job")


@dataclass(frozen=True)
class Overlay:
    """All objects that are rolled out to one place."""

    site: Site
    objects: list[Object]

    def all(self, *kinds: str) -> Iterator[Object]:
        """List the objects of some kinds."""
        return (thing for thing in self.objects if thing["kind"] in kinds)

    def named(self, kind: str) -> dict[str, Object]:
        """Return the objects of a kind by name."""
        return {thing["metadata"]["name"]: thing for thing in self.all(kind)}

    def services(self) -> list[str]:
        """List the services that are rolled out."""
        return sorted(
            thing["metadata"]["name"]
            for thing in self.all("Deployment")
            if thing["metadata"]["labels"][COMPONENT_LABEL] == SERVICE
        )


def name_of(thing: Object) -> str:
    """Return an object's kind and name, for a sentence."""
    return f"{thing['kind']} {thing['metadata']['name']}"


def pod_of(workload: Object) -> dict[str, Any]:
    """Return the specification of a workload's pods."""
    return dict(workload["spec"]["template"]["spec"])


def labels_of(workload: Object) -> dict[str, str]:
    """Return the labels of a workload's pods."""
    return dict(workload["spec"]["template"]["metadata"]["labels"])


def containers_of(workload: Object) -> list[dict[str, Any]]:
    """List a workload's containers, also those that only prepare."""
    pod = pod_of(workload)
    return [*pod.get("initContainers", []), *pod["containers"]]


def selects(selector: Object, labels: dict[str, str]) -> bool:
    """Tell whether a selector chooses something with these labels."""
    required = selector.get("matchLabels", {})
    if any(labels.get(key) != value for key, value in required.items()):
        return False
    return all(_holds(rule, labels) for rule in selector.get("matchExpressions", []))


def _holds(rule: Object, labels: dict[str, str]) -> bool:
    value = labels.get(rule["key"])
    operators = {
        "In": value in rule.get("values", []),
        "NotIn": value not in rule.get("values", []),
        "Exists": value is not None,
        "DoesNotExist": value is None,
    }
    return operators[rule["operator"]]
