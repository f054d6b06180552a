"""All that can be said about `deploy/k8s` without a cluster."""

from collections.abc import Iterator
from pathlib import Path

from deploy.k8s import kubectl, schemas, sites, tree
from deploy.k8s.rules import EVERYWHERE, WITH_OPERATORS
from deploy.k8s.rules.overlay import Overlay
from deploy.k8s.sites import FOLDER, Site


def complaints(folder: Path = FOLDER) -> Iterator[str]:
    """Say where the files are not what they are rendered from, then what is wrong where."""
    yield from tree.differences(folder)
    for site in sites.read():
        yield from (f"{site.name}: {sentence}" for sentence in of_overlay(site, folder))


def of_overlay(site: Site, folder: Path = FOLDER) -> Iterator[str]:
    """Say what is wrong with one place."""
    overlay = Overlay(site, kubectl.render(site.name, folder))
    for thing in overlay.objects:
        yield from schemas.complaints(thing)
    for rule in EVERYWHERE if site.alone else (*EVERYWHERE, *WITH_OPERATORS):
        yield from rule(overlay)
