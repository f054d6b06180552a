"""Rules about pods: the profile `restricted`, resources, probes, tagged images."""

from collections.abc import Iterator
from typing import Any

from deploy.k8s.rules.overlay import WORKLOADS, Overlay, containers_of, name_of, pod_of

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")


def pods_are_restricted(overlay: Overlay) -> Iterator[str]:
    """Check the pods' side of the profile `restricted`."""
    for workload in overlay.all(*WORKLOADS):
        pod = pod_of(workload)
        context = pod.get("securityContext", {})
        if context.get("runAsNonRoot") is not True or not context.get("runAsUser"):
            yield f"{name_of(workload)} may run as root: say runAsNonRoot and a runAsUser."
        if context.get("seccompProfile") != {"type": "RuntimeDefault"}:
            yield f"{name_of(workload)} has no seccomp profile."
        if shared := [name for name in ("hostNetwork", "hostPID", "hostIPC") if pod.get(name)]:
            yield f"{name_of(workload)} wants the node's {', '.join(shared)}."


def containers_are_restricted(overlay: Overlay) -> Iterator[str]:
    """Check the containers' side of the profile `restricted`, and read-only file systems."""
    for workload in overlay.all(*WORKLOADS):
        for container in containers_of(workload):
            yield from _too_much(f"{name_of(workload)}, container {container['name']},", container)


def _too_much(name: str, container: dict[str, Any]) -> Iterator[str]:
    context = container.get("securityContext", {})
    if context.get("runAsUser") == 0 or context.get("runAsNonRoot") is False:
        yield f"{name} runs as root."
    if context.get("allowPrivilegeEscalation") is not False or context.get("privileged"):
        yield f"{name} may become more than it is."
    if context.get("capabilities") != {"drop": ["ALL"]}:
        yield f"{name} keeps capabilities."
    if context.get("readOnlyRootFilesystem") is not True:
        yield f"{name} may write into its image."


def nobody_talks_to_the_api(overlay: Overlay) -> Iterator[str]:
    """Check that each workload has an account of its own, and no token."""
    accounts = overlay.named("ServiceAccount")
    for workload in overlay.all(*WORKLOADS):
        pod = pod_of(workload)
        account = pod.get("serviceAccountName")
        if account not in accounts:
            yield f"{name_of(workload)} runs under the account {account}, which is not its own."
        elif accounts[account].get("automountServiceAccountToken") is not False:
            yield f"ServiceAccount {account} hands out tokens."
        if pod.get("automountServiceAccountToken") is not False:
            yield f"{name_of(workload)} mounts a token of the API."


def everything_is_bounded(overlay: Overlay) -> Iterator[str]:
    """Check that each container has requests and a memory limit."""
    for workload in overlay.all(*WORKLOADS):
        for container in containers_of(workload):
            resources = container.get("resources", {})
            missing = [
                f"{kind}.{what}"
                for kind, what in (
                    ("requests", "cpu"),
                    ("requests", "memory"),
                    ("limits", "memory"),
                )
                if what not in resources.get(kind, {})
            ]
            if missing:
                name = container["name"]
                yield f"{name_of(workload)}, container {name}, does not say {', '.join(missing)}."


def everything_is_asked(overlay: Overlay) -> Iterator[str]:
    """Check that each container has a startup, a liveness and a readiness probe."""
    for workload in overlay.all("Deployment", "StatefulSet"):
        for container in pod_of(workload)["containers"]:
            for probe in PROBES:
                if probe not in container:
                    yield f"{name_of(workload)}, container {container['name']}, has no {probe}."


def every_image_is_one(overlay: Overlay) -> Iterator[str]:
    """Check that an image's name always means the same image."""
    for workload in overlay.all(*WORKLOADS):
        for container in containers_of(workload):
            image = container["image"]
            tag = image.rpartition("/")[2].partition(":")[2]
            if "@sha256:" not in image and tag in ("", "latest"):
                yield f"{name_of(workload)} runs {image}: name a version, else it may be any."


RULES = (
    pods_are_restricted,
    containers_are_restricted,
    nobody_talks_to_the_api,
    everything_is_bounded,
    everything_is_asked,
    every_image_is_one,
)
