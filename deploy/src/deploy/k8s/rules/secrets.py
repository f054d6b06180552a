"""Rules about secrets: none is committed, and each that a pod needs is made."""

import re
from collections.abc import Iterator
from typing import Any, Final

from deploy.k8s.rules.overlay import WORKLOADS, Overlay, containers_of, name_of
from deploy.k8s.sites import secret_variables
from deploy.services import SERVICES, SIMULATORS

_SECRET_VARIABLES: Final = {
    variable for name in (*SERVICES, SIMULATORS) for variable in secret_variables(name)
}
_SECRET_NAME: Final = re.compile(r"(SECRET|PASSWORD|TOKEN|API_KEY|PRIVATE_KEY)$")
_SECRET_VALUE: Final = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|://[^:/@\s]+:[^@$\s]+@")


def nothing_secret_is_written_down(overlay: Overlay) -> Iterator[str]:
    """Check that the repository holds names of secrets, never what they are."""
    for secret in overlay.all("Secret"):
        yield f"{name_of(secret)} is in the repository: use an ExternalSecret."
    for where, variable, value in (*_in_configs(overlay), *_in_workloads(overlay)):
        if value and (
            variable in _SECRET_VARIABLES
            or _SECRET_NAME.search(variable)
            or _SECRET_VALUE.search(value)
        ):
            yield f"{where} says {variable} in clear."


def _in_configs(overlay: Overlay) -> Iterator[tuple[str, str, str]]:
    for config in overlay.all("ConfigMap"):
        yield from (
            (name_of(config), variable, value) for variable, value in config.get("data", {}).items()
        )


def _in_workloads(overlay: Overlay) -> Iterator[tuple[str, str, str]]:
    for workload in overlay.all(*WORKLOADS):
        for container in containers_of(workload):
            for variable in container.get("env", []):
                yield name_of(workload), variable["name"], variable.get("value", "")


def every_secret_comes_from_somewhere(overlay: Overlay) -> Iterator[str]:
    """Check that an ExternalSecret makes each Secret of ours that a pod wants."""
    made = {e["spec"]["target"]["name"] for e in overlay.all("ExternalSecret")}
    made |= {user["metadata"]["name"] for user in overlay.all("KafkaUser")}
    made |= {f"{kafka['metadata']['name']}-cluster-ca-cert" for kafka in overlay.all("Kafka")}
    made |= {f"{cluster['metadata']['name']}-app" for cluster in overlay.all("Cluster")}
    for workload in overlay.all(*WORKLOADS):
        for name in sorted(set(_secrets_in(workload["spec"]["template"]["spec"])) - made):
            yield f"{name_of(workload)} needs the Secret {name}, which nothing makes."


def _secrets_in(thing: Any) -> Iterator[str]:
    entries = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in entries:
        if key in ("secret", "secretRef", "secretKeyRef"):
            yield value.get("name") or value["secretName"]
        elif isinstance(value, (dict, list)):
            yield from _secrets_in(value)


RULES = (nothing_secret_is_written_down,)
WITH_OPERATORS = (every_secret_comes_from_somewhere,)
