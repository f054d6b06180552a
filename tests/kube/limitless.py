"""`overlays/local` as it is, but for two things that a test needs of it."""

import os
from pathlib import Path
from typing import Any

import yaml

from deploy.gateway import table
from deploy.k8s import local
from deploy.k8s.cluster import OVERLAY
from deploy.k8s.names import SUITE, settings
from deploy.services import SERVICES


def overlay(folder: Path) -> Path:
    """Lift the limits, since all come from one address, and let services keep what they sent."""
    (folder / "envoy.json").write_text(local.envoy(table.read(), SERVICES, limits=False))
    told = {name: [f"{name.upper()}_KEEP_EVENT_LOG=true"] for name in SERVICES}
    told["identity"].append("IDENTITY_OTP_LIMITS_OFF=true")
    written = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "namespace": SUITE,
        "resources": [os.path.relpath(OVERLAY, folder)],
        "configMapGenerator": [
            _changed("envoy", "replace", files=["envoy.json"]),
            *(_changed(settings(name), "merge", literals=told[name]) for name in SERVICES),
        ],
    }
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(written))
    return folder


def _changed(name: str, how: str, **what: list[str]) -> dict[str, Any]:
    return {"name": name, "behavior": how, **what}
