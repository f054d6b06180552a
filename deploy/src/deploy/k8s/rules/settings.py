"""Whether each process is told all it must know, in words it understands."""

import importlib
from collections.abc import Iterator
from typing import Any

from deploy.k8s.rules.overlay import Overlay, pod_of
from deploy.k8s.sites import OPERATORS, secret_words
from deploy.k8s.words import secrets
from deploy.services import SERVICES, SIMULATORS


def everybody_is_told_what_they_need(overlay: Overlay) -> Iterator[str]:
    """Check a service's words against its settings: none missing, none that nobody reads."""
    deployments = overlay.named("Deployment")
    for name in (*SERVICES, SIMULATORS):
        if name not in deployments:
            continue
        known = _fields(name)
        told = set(_told(overlay, deployments[name]))
        needed = {word for word, field in known.items() if field.is_required()}
        for word in sorted(needed - told):
            yield f"Deployment {name} is not told {word}, which {name}/settings.py requires."
        for word in sorted(told - set(known) - {"DATABASE_PASSWORD", *OPERATORS}):
            yield f"Deployment {name} is told {word}, of which {name}/settings.py knows nothing."


def _fields(name: str) -> dict[str, Any]:
    settings: Any = importlib.import_module(f"{name}.settings").Settings
    return {f"{name}_{field}".upper(): info for field, info in settings.model_fields.items()}


def _told(overlay: Overlay, deployment: dict[str, Any]) -> Iterator[str]:
    configs = overlay.named("ConfigMap")
    (container,) = pod_of(deployment)["containers"]
    yield from (variable["name"] for variable in container.get("env", []))
    for source in container.get("envFrom", []):
        if "configMapRef" in source:
            yield from configs.get(source["configMapRef"]["name"], {"data": {}})["data"]
        elif source["secretRef"]["name"] == secrets(deployment["metadata"]["name"]):
            yield from secret_words(deployment["metadata"]["name"])


RULES = (everybody_is_told_what_they_need,)
