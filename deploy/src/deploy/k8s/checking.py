"""The check of `deploy/k8s` without a cluster: drift, schemas, rules."""

from collections.abc import Iterator
from pathlib import Path

from deploy.k8s import kubectl, schemas, sites, tree
from deploy.k8s.rules import EVERYWHERE, WITH_OPERATORS
from deploy.k8s.rules.overlay import Overlay
from deploy.k8s.sites import FOLDER, Site


def complaints(folder: Path = FOLDER) -> Iterator[str]:
    """Return a sentence for each rendered file that drifted and each violation of an overlay."""
    yield from tree.differences(folder)
    for site in sites.read():
        yield from (f"{site.name}: {sentence}" for sentence in of_overlay(site, folder))


def of_overlay(site: Site, folder: Path = FOLDER) -> Iterator[str]:
    """Return a sentence for each violation of a schema or a rule in one overlay."""
    overlay = Overlay(site, kubectl.render(site.name, folder))
    for thing in overlay.objects:
        yield from schemas.complaints(thing)
    for rule in EVERYWHERE if site.alone else (*EVERYWHERE, *WITH_OPERATORS):
        yield from rule(overlay)
