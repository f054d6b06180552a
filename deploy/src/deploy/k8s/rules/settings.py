"""Rules about variables: each process gets all that its settings require, and no other."""

import importlib
from collections.abc import Iterator
from typing import Any

from deploy.k8s.names import secrets
from deploy.k8s.rules.overlay import Overlay, pod_of
from deploy.k8s.sites import OPERATORS, secret_variables
from deploy.services import SERVICES, SIMULATORS


def every_process_gets_its_variables(overlay: Overlay) -> Iterator[str]:
    """Check each process's variables against its settings: none missing, none unknown."""
    deployments = overlay.named("Deployment")
    for name in (*SERVICES, SIMULATORS):
        if name not in deployments:
            continue
        known = _fields(name)
        given = set(_given(overlay, deployments[name]))
        needed = {variable for variable, field in known.items() if field.is_required()}
        for variable in sorted(needed - given):
            yield f"Deployment {name} is not told {variable}, which {name}/settings.py requires."
        for variable in sorted(given - set(known) - {"DATABASE_PASSWORD", *OPERATORS}):
            yield f"Deployment {name} is told {variable}, which {name}/settings.py does not know."


def _fields(name: str) -> dict[str, Any]:
    settings: Any = importlib.import_module(f"{name}.settings").Settings
    return {f"{name}_{field}".upper(): info for field, info in settings.model_fields.items()}


def _given(overlay: Overlay, deployment: dict[str, Any]) -> Iterator[str]:
    configs = overlay.named("ConfigMap")
    (container,) = pod_of(deployment)["containers"]
    yield from (variable["name"] for variable in container.get("env", []))
    for source in container.get("envFrom", []):
        if "configMapRef" in source:
            yield from configs.get(source["configMapRef"]["name"], {"data": {}})["data"]
        elif source["secretRef"]["name"] == secrets(deployment["metadata"]["name"]):
            yield from secret_variables(deployment["metadata"]["name"])


RULES = (every_process_gets_its_variables,)
