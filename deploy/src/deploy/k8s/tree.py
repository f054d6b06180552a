"""The files of `deploy/k8s` that are rendered and committed, and their drift from the code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from deploy.gateway import table
from deploy.k8s import (
    databases,
    external_secrets,
    kafka,
    local,
    monitoring,
    policies,
    routes,
    scaling,
    services,
)
from deploy.k8s.media import of_media
from deploy.k8s.names import Object, secrets, settings
from deploy.k8s.simulators import of_simulators
from deploy.k8s.sites import FOLDER, Site, environment_at, read, secret_variables
from deploy.k8s.web import of_web
from deploy.services import MEDIA, SERVICES, SIMULATORS, WEB, exists

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
    rendered = files()
    for name in stale(rendered, folder):
        (folder / name).unlink()
    for name, text in rendered.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    local.write_envoy(folder)


def differences(folder: Path = FOLDER) -> Iterator[str]:
    """Return a sentence for each file that differs from its rendering."""
    rendered = files()
    for name, text in rendered.items():
        file = folder / name
        if not file.exists():
            yield f"deploy/k8s/{name} is missing. Run `make k8s`."
        elif file.read_text() != text:
            yield f"deploy/k8s/{name} {_first_difference(file.read_text(), text)}. Run `make k8s`."
    for name in stale(rendered, folder):
        yield f"deploy/k8s/{name} is no longer rendered by anything. Run `make k8s`."


def stale(rendered: Files, folder: Path) -> list[str]:
    """Return the committed files that nothing renders any more."""
    there = (file for kind in ("*.yaml", "*.env") for file in folder.rglob(kind))
    marked = (file for file in there if file.read_text().startswith(MARK))
    return sorted({str(file.relative_to(folder)) for file in marked} - set(rendered))


def text_of(objects: list[Object]) -> str:
    """Return objects as YAML, below the mark of rendered files."""
    documents = (
        yaml.safe_dump(thing, sort_keys=False, width=140, allow_unicode=True) for thing in objects
    )
    return f"{MARK}\n" + "---\n".join(documents)


def _first_difference(old: str, new: str) -> str:
    lines = zip(old.splitlines(), new.splitlines(), strict=False)
    for number, (was, rendered) in enumerate(lines, 1):
        if was != rendered:
            return f"says {was.strip()!r} in line {number}, not {rendered.strip()!r}"
    return "is longer or shorter than it should be"


def _base() -> Files:
    resources = [f"{name}.yaml" for name in (*SERVICES, WEB, MEDIA)]
    return {
        "base/services/kustomization.yaml": _kustomization("Kustomization", resources=resources),
        **{f"base/services/{name}.yaml": text_of(services.of_service(name)) for name in SERVICES},
        f"base/services/{WEB}.yaml": text_of(of_web()),
        f"base/services/{MEDIA}.yaml": text_of(of_media()),
    }


def _components(routing: table.Table) -> Files:
    seeds = [services.seeding(name) for name in SERVICES if exists(f"{name}.seed")]
    return {
        "components/strimzi/topics.yaml": text_of(kafka.topics(SERVICES)),
        "components/strimzi/users.yaml": text_of(kafka.users(SERVICES)),
        "components/cnpg/databases.yaml": text_of(databases.clusters(SERVICES)),
        "components/gateway-api/routes.yaml": text_of(routes.routes(routing)),
        "components/gateway-api/policies.yaml": text_of(policies.policies(routing)),
        "components/keda/scalers.yaml": text_of(scaling.scalers((*SERVICES, WEB))),
        "components/external-secrets/secrets.yaml": text_of(external_secrets.manifests(SERVICES)),
        "components/observability/monitors.yaml": text_of(monitoring.monitors(SERVICES)),
        "components/outside-world/simulators.yaml": text_of(of_simulators()),
        "components/outside-world/seeds.yaml": text_of(seeds),
        "overlays/dev/rendered/simulators.yaml": text_of(
            [
                *databases.clusters((SIMULATORS,)),
                external_secrets.secret(secrets(SIMULATORS), secret_variables(SIMULATORS)),
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
        lines = (
            f"{variable}={text}" for variable, text in environment_at(name, site).plain.items()
        )
        yield f"{folder}/{name}.env", "\n".join([MARK, *lines]) + "\n"


def _kustomization(kind: str, **parts: list[Object] | list[str]) -> str:
    version = "v1alpha1" if kind == "Component" else "v1beta1"
    head = {"apiVersion": f"kustomize.config.k8s.io/{version}", "kind": kind}
    return text_of([{**head, **parts}])
