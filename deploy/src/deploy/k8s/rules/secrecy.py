"""Whether anything that is secret is written down."""

import re
from collections.abc import Iterator
from typing import Any, Final

from deploy.k8s.rules.overlay import WORKLOADS, Overlay, containers_of, who
from deploy.k8s.sites import secret_words
from deploy.services import SERVICES, SIMULATORS

_CONFIDENTIAL: Final = {word for name in (*SERVICES, SIMULATORS) for word in secret_words(name)}
_SOUNDS: Final = re.compile(r"(SECRET|PASSWORD|TOKEN|API_KEY|PRIVATE_KEY)$")
_LOOKS: Final = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|://[^:/@\s]+:[^@$\s]+@")


def nothing_secret_is_written_down(overlay: Overlay) -> Iterator[str]:
    """Check that the repository holds names of secrets, never what they are."""
    for secret in overlay.all("Secret"):
        yield f"{who(secret)} is in the repository; an ExternalSecret names it without saying it."
    for where, word, text in (*_in_configs(overlay), *_in_workloads(overlay)):
        if text and (word in _CONFIDENTIAL or _SOUNDS.search(word) or _LOOKS.search(text)):
            yield f"{where} says {word} in clear."


def _in_configs(overlay: Overlay) -> Iterator[tuple[str, str, str]]:
    for config in overlay.all("ConfigMap"):
        yield from ((who(config), word, text) for word, text in config.get("data", {}).items())


def _in_workloads(overlay: Overlay) -> Iterator[tuple[str, str, str]]:
    for workload in overlay.all(*WORKLOADS):
        for container in containers_of(workload):
            for variable in container.get("env", []):
                yield who(workload), variable["name"], variable.get("value", "")


def every_secret_comes_from_somewhere(overlay: Overlay) -> Iterator[str]:
    """Check that an ExternalSecret makes each Secret of ours that a pod wants."""
    made = {e["spec"]["target"]["name"] for e in overlay.all("ExternalSecret")}
    made |= {user["metadata"]["name"] for user in overlay.all("KafkaUser")}
    made |= {f"{kafka['metadata']['name']}-cluster-ca-cert" for kafka in overlay.all("Kafka")}
    made |= {f"{cluster['metadata']['name']}-app" for cluster in overlay.all("Cluster")}
    for workload in overlay.all(*WORKLOADS):
        for name in sorted(set(_secrets_in(workload["spec"]["template"]["spec"])) - made):
            yield f"{who(workload)} needs the Secret {name}, which nothing makes."


def _secrets_in(thing: Any) -> Iterator[str]:
    entries = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in entries:
        if key in ("secret", "secretRef", "secretKeyRef"):
            yield value.get("name") or value["secretName"]
        elif isinstance(value, (dict, list)):
            yield from _secrets_in(value)


RULES = (nothing_secret_is_written_down,)
WITH_OPERATORS = (every_secret_comes_from_somewhere,)
