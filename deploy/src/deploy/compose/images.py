"""The images: one for each service, simulators, pages and media node, and one for the setup."""

import subprocess
from pathlib import Path
from typing import Final

from deploy.compose import engine
from deploy.console import console
from deploy.paths import ROOT
from deploy.services import MEDIA, SERVICES, SIMULATORS, WEB

DOCKERFILE: Final = ROOT / "deploy" / "docker" / "Dockerfile"
SETUP: Final = "setup"
MEDIA_SOURCE: Final = "services/videocall/media"
ALL: Final = (*SERVICES, SIMULATORS, WEB, MEDIA, SETUP)

_CERTIFICATES: Final = Path("/etc/ssl/certs/ca-certificates.crt")
"""Certificates of this machine: behind an inspecting proxy, packages come signed by its own."""


def name_of(service: str) -> str:
    """Return the name of an image."""
    return f"chonso/{service}:dev"


def build() -> None:
    """Build all images and print their sizes."""
    for service in ALL:
        engine.run(*_build_arguments(service), quiet=True)
    shared = layers_of(SETUP)[:-1]
    for service in ALL:
        size = int(engine.ask("image", "inspect", "--format", "{{.Size}}", name_of(service)))
        own = [layer for layer in layers_of(service) if layer not in shared]
        console.print(f"{name_of(service):30} {size / 1e6:6.1f} MB, layers of its own: {len(own)}")


def layers_of(service: str) -> list[str]:
    """Return the layers of an image, the lowest first."""
    output = engine.ask("image", "inspect", "--format", "{{json .RootFS.Layers}}", name_of(service))
    return [layer.strip('"') for layer in output.strip("[]").split(",")]


def source_of(service: str) -> str:
    """Return the folder of an image's own code."""
    special = {SIMULATORS: "simulators", WEB: "web", SETUP: "deploy/src", MEDIA: MEDIA_SOURCE}
    return special.get(service, f"services/{service}")


def _build_arguments(service: str) -> list[str]:
    target = service if service in (SETUP, WEB, MEDIA) else "service"
    build_args = {"SERVICE": service, "SOURCE": source_of(service), "REVISION": _revision()}
    arguments = ["build", "--file", str(DOCKERFILE), "--target", target, "--tag", name_of(service)]
    for name, value in build_args.items():
        arguments += ["--build-arg", f"{name}={value}"]
    if _CERTIFICATES.exists():
        arguments += ["--secret", f"id=certificates,src={_CERTIFICATES}"]
    return [*arguments, "--network", "host", "--quiet", str(ROOT)]


def _revision() -> str:
    output = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 # the one on the path
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return output.stdout.strip() or "unknown"
