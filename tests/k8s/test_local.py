"""One node without operators: our own Envoy takes its configuration, and no Secret is missing."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy import keys
from deploy.gateway import envoy
from deploy.k8s import kubectl, local, sites
from deploy.k8s.rules.overlay import WORKLOADS, Overlay
from deploy.services import SERVICES

HERE = next(site for site in sites.read() if site.alone)


@pytest.fixture(scope="module")
def overlay() -> Overlay:
    return Overlay(HERE, kubectl.render(HERE.name))


def test_envoy_takes_the_rendered_configuration(tmp_path: Path, overlay: Overlay) -> None:
    keys.ensure(tmp_path)
    (config,) = (c for c in overlay.all("ConfigMap") if c["metadata"]["name"].startswith("envoy-"))
    there, here = "/keys/identity.json", str(tmp_path / "jwks" / "identity.json")
    assert there in config["data"]["envoy.json"]
    file = tmp_path / "envoy.json"
    file.write_text(config["data"]["envoy.json"].replace(there, here))

    checked = subprocess.run(  # noqa: S603 # our own words
        envoy.validation(file), capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stderr


def test_every_secret_that_a_pod_wants_is_made(tmp_path: Path, overlay: Overlay) -> None:
    made = local.generated_secrets(tmp_path, HERE, SERVICES)
    entries = {(s["metadata"]["name"], key) for s in made for key in s["data"]}
    names = {name for name, _ in entries}

    references = {
        reference
        for workload in overlay.all(*WORKLOADS)
        for reference in wants(workload["spec"]["template"])
    }

    assert references
    assert references - entries - names == set()


def test_secrets_are_made_once(tmp_path: Path) -> None:
    first = local.generated_secrets(tmp_path, HERE, SERVICES)

    assert local.generated_secrets(tmp_path, HERE, SERVICES) == first


def wants(thing: Any) -> Iterator[str | tuple[str, str]]:
    """List the entries of Secrets, or whole Secrets, that something refers to."""
    entries = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in entries:
        if key == "secretKeyRef":
            yield value["name"], value["key"]
        elif key == "secret":
            name = value.get("name") or value["secretName"]
            yield from ((name, item["key"]) for item in value.get("items", []))
            yield name
        elif key == "secretRef":
            yield str(value["name"])
        elif isinstance(value, (dict, list)):
            yield from wants(value)
