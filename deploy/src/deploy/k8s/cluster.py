"""Rolling `overlays/local` out to the cluster that `kubectl` points at, and taking it away."""

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import yaml

from deploy.k8s import kubectl, local, sites
from deploy.k8s.names import SUITE, Object
from deploy.k8s.sites import FOLDER
from deploy.services import SERVICES

OVERLAY: Final = FOLDER / "overlays" / "local"
TIMEOUT: Final = "10m"
_OURS: Final = f"app.kubernetes.io/part-of={SUITE}"
_JOBS: Final = ("--namespace", SUITE, "--selector", _OURS)
_STORES: Final = {
    "data-postgres-0": "2Gi",
    "data-kafka-0": "2Gi",
    "recordings-media-0": "2Gi",
}


def up(keys: Path, volumes: Path, overlay: Path = OVERLAY) -> None:
    """Apply the overlay and return when all workloads are ready. Raises CalledProcessError."""
    keys.mkdir(parents=True, exist_ok=True)
    here = next(site for site in sites.read() if site.alone)
    local.write_envoy()
    _run("apply", "-f", str(OVERLAY / "namespace.yaml"))
    _apply(local.generated_secrets(keys, here, SERVICES), "--namespace", SUITE)
    if not _gives_volumes():
        _apply([_volume(claim, size, volumes) for claim, size in _STORES.items()])
    # A Job that is done cannot be changed; what it does may be done again.
    _run("delete", "job", *_JOBS, "--ignore-not-found")
    # By the server: Envoy's configuration is too long for what `kubectl` would remember of it.
    _run("apply", "--server-side", "--force-conflicts", "-k", str(overlay))
    for kind in ("statefulset", "deployment"):
        _run(
            *("rollout", "status", kind, "--namespace", SUITE),
            *("--selector", _OURS, "--timeout", TIMEOUT),
        )
    _run("wait", "job", *_JOBS, "--for=condition=complete", "--timeout", TIMEOUT)


def down(volumes: Path) -> None:
    """Delete the namespace, its volumes and their data."""
    _run("delete", "namespace", SUITE, "--ignore-not-found")
    _run("delete", "persistentvolume", "--selector", _OURS, "--ignore-not-found")
    for claim in _STORES:
        shutil.rmtree(volumes / claim, ignore_errors=True)


def _gives_volumes() -> bool:
    """Tell whether the cluster has a default StorageClass, as kind and minikube do."""
    classes: Any = yaml.safe_load(_run("get", "storageclass", "--output", "yaml", captured=True))
    default = "storageclass.kubernetes.io/is-default-class"
    annotations = (
        storage_class["metadata"].get("annotations", {}) for storage_class in classes["items"]
    )
    return any(notes.get(default) == "true" for notes in annotations)


def _volume(claim: str, size: str, folder: Path) -> Object:
    """Return one claim's PersistentVolume in a folder of this machine, which has to be the node."""
    place = folder / claim
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o777)  # nobody but the pod's user comes below it
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": claim, "labels": {"app.kubernetes.io/part-of": SUITE}},
        "spec": {
            "capacity": {"storage": size},
            "accessModes": ["ReadWriteOnce"],
            "persistentVolumeReclaimPolicy": "Retain",
            "storageClassName": "",
            "claimRef": {"namespace": SUITE, "name": claim},
            "hostPath": {"path": str(place), "type": "Directory"},
        },
    }


def _apply(objects: list[Object], *more: str) -> None:
    _run("apply", *more, "-f", "-", stdin=yaml.safe_dump_all(objects))


def _run(*arguments: str, stdin: str | None = None, captured: bool = False) -> str:
    done = subprocess.run(  # noqa: S603 # our own arguments
        [kubectl.program(), *arguments], input=stdin, text=True, check=True, capture_output=captured
    )
    return done.stdout or ""
