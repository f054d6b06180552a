"""The files of `deploy/k8s` that are rendered and committed, and their drift from the code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from deploy.gateway import table
from deploy.k8s import databases, kafka, local, monitoring, routes, scaling, services, vault
from deploy.k8s.simulators import of_simulators
from deploy.k8s.sites import FOLDER, Site, read, secret_words, told
from deploy.k8s.words import Object, secrets, settings
from deploy.services import SERVICES, SIMULATORS, exists

MARK: Final = "# Rendered by `make k8s`: change what it is rendered from, not this file."

Files = dict[str, str]


def files() -> Files:
    """Render every committed file, as text by its path below `deploy/k8s`."""
    routing = table.read()
    sites = read()
    return {
        **_base(),
        **_components(routing),
        "overlays/local/rendered/addresses.yaml": text_of(databases.local_addresses(SERVICES)),
        **{name: text for site in sites for name, text in _settings(site)},
    }


def write(folder: Path = FOLDER) -> None:
    """Write every rendered file, and delete those that nothing renders any more."""
    wanted = files()
    for name in stale(wanted, folder):
        (folder / name).unlink()
    for name, text in wanted.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    local.write_envoy(folder)


def differences(folder: Path = FOLDER) -> Iterator[str]:
    """Say which files are not what the code, the events and the routes say."""
    wanted = files()
    for name, text in wanted.items():
        file = folder / name
        if not file.exists():
            yield f"deploy/k8s/{name} is missing. Run `make k8s`."
        elif file.read_text() != text:
            yield f"deploy/k8s/{name} {_first_difference(file.read_text(), text)}. Run `make k8s`."
    for name in stale(wanted, folder):
        yield f"deploy/k8s/{name} is no longer rendered by anything. Run `make k8s`."


def stale(wanted: Files, folder: Path) -> list[str]:
    """List the files that were rendered once and are not any more."""
    there = (file for kind in ("*.yaml", "*.env") for file in folder.rglob(kind))
    ours = (file for file in there if file.read_text().startswith(MARK))
    return sorted({str(file.relative_to(folder)) for file in ours} - set(wanted))


def text_of(objects: list[Object]) -> str:
    """Write objects down the way people read them."""
    documents = (
        yaml.safe_dump(thing, sort_keys=False, width=140, allow_unicode=True) for thing in objects
    )
    return f"{MARK}\n" + "---\n".join(documents)


def _first_difference(old: str, new: str) -> str:
    lines = zip(old.splitlines(), new.splitlines(), strict=False)
    for number, (was, wanted) in enumerate(lines, 1):
        if was != wanted:
            return f"says {was.strip()!r} in line {number}, not {wanted.strip()!r}"
    return "is longer or shorter than it should be"


def _base() -> Files:
    resources = [f"{name}.yaml" for name in SERVICES]
    return {
        "base/services/kustomization.yaml": _kustomization("Kustomization", resources=resources),
        **{f"base/services/{name}.yaml": text_of(services.of_service(name)) for name in SERVICES},
    }


def _components(routing: table.Table) -> Files:
    seeds = [services.seeding(name) for name in SERVICES if exists(f"{name}.seed")]
    return {
        "components/strimzi/topics.yaml": text_of(kafka.topics(SERVICES)),
        "components/strimzi/users.yaml": text_of(kafka.users(SERVICES)),
        "components/cnpg/databases.yaml": text_of(databases.clusters(SERVICES)),
        "components/gateway-api/routes.yaml": text_of(routes.routes(routing)),
        "components/gateway-api/policies.yaml": text_of(routes.policies(routing)),
        "components/keda/scalers.yaml": text_of(scaling.scalers(SERVICES)),
        "components/external-secrets/secrets.yaml": text_of(vault.external_secrets(SERVICES)),
        "components/observability/monitors.yaml": text_of(monitoring.monitors(SERVICES)),
        "components/outside-world/simulators.yaml": text_of(of_simulators()),
        "components/outside-world/seeds.yaml": text_of(seeds),
        "overlays/dev/rendered/simulators.yaml": text_of(
            [
                *databases.clusters((SIMULATORS,)),
                vault.secret(secrets(SIMULATORS), secret_words(SIMULATORS)),
            ]
        ),
    }


def _settings(site: Site) -> Iterator[tuple[str, str]]:
    names = [*SERVICES, *([SIMULATORS] if site.outside is None else [])]
    folder = f"overlays/{site.name}/settings"
    generated = [{"name": settings(name), "envs": [f"{name}.env"]} for name in names]
    kustomization = _kustomization("Component", configMapGenerator=generated)
    yield f"{folder}/kustomization.yaml", kustomization
    for name in names:
        lines = (f"{word}={text}" for word, text in told(name, site).openly.items())
        yield f"{folder}/{name}.env", "\n".join([MARK, *lines]) + "\n"


def _kustomization(kind: str, **parts: list[Object] | list[str]) -> str:
    version = "v1alpha1" if kind == "Component" else "v1beta1"
    head = {"apiVersion": f"kustomize.config.k8s.io/{version}", "kind": kind}
    return text_of([{**head, **parts}])
