"""Additions of a cluster without operators: Envoy's configuration and generated Secrets."""

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

from deploy import keys
from deploy.gateway.render import render
from deploy.gateway.site import Address
from deploy.gateway.site import Site as Place
from deploy.gateway.table import Table, read
from deploy.k8s import names
from deploy.k8s.external_secrets import private_keys
from deploy.k8s.names import GATEWAY_PORT, PORT, Object
from deploy.k8s.sites import FOLDER, Site, secret_values
from deploy.services import SERVICES, SIMULATORS, WEB

_EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 # a pod's own address
_LOOPBACK: Final = "127.0.0.1"
_ADMIN_PORT: Final = 9901


def write_envoy(folder: Path = FOLDER) -> None:
    """Write Envoy's configuration to where `overlays/local` looks for it.

    Ten thousand lines that say what `routes.toml` says in eighty: rendered for each use, not
    committed. Written in one step, since another process may be reading the file.
    """
    target = folder / "overlays" / "local" / "rendered" / "envoy.json"
    unfinished = target.with_suffix(f".{os.getpid()}")
    unfinished.write_text(envoy(read(), SERVICES))
    unfinished.replace(target)


def envoy(table: Table, services: tuple[str, ...], *, limits: bool = True) -> str:
    """Return Envoy's configuration, with host names of Services for addresses."""
    place = Place(
        listen=Address(_EVERYWHERE, GATEWAY_PORT),
        admin=Address(_LOOPBACK, _ADMIN_PORT),
        jwks="",
        web=Address(WEB, PORT),
        services={service: [Address(service, PORT)] for service in services},
        simulators=Address(SIMULATORS, PORT),
        limits=limits,
    )
    configuration = render(table, place)
    _read_keys_from_file(configuration)
    return json.dumps(configuration, indent=1, ensure_ascii=False) + "\n"


def generated_secrets(folder: Path, site: Site, services: tuple[str, ...]) -> list[Object]:
    """Return Secrets that a secret store would hold, generated once for a folder."""
    shared = keys.ensure(folder)
    public = {file.name: file.read_text() for file in sorted((folder / "jwks").glob("*.json"))}
    own = {name: secret_values(name, site, shared) for name in (*services, SIMULATORS)}
    owners = (*services, SIMULATORS)
    return [
        _secret(names.PUBLIC_KEYS, public),
        *(_secret(names.keys(name), _private(folder, name)) for name in services),
        *(_secret(names.secrets(name), known) for name, known in own.items() if known),
        *(_secret(f"{names.database(name)}-app", _password(folder, name)) for name in owners),
        _secret("postgres", _password(folder, "postgres")),
        _secret("setup", _addresses(folder, services)),
    ]


def _read_keys_from_file(configuration: Any) -> None:
    """Have Envoy read identity's public keys from a mounted file, generated after rendering."""
    if isinstance(configuration, list):
        for item in configuration:
            _read_keys_from_file(item)
    elif isinstance(configuration, dict):
        if "local_jwks" in configuration:
            configuration["local_jwks"] = {"filename": "/keys/identity.json"}
        for item in configuration.values():
            _read_keys_from_file(item)


def _private(folder: Path, name: str) -> dict[str, str]:
    return {file: (folder / file).read_text() for file in private_keys(name)}


def _password(folder: Path, owner: str) -> dict[str, str]:
    file = folder / f"{owner}.password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return {"password": file.read_text()}


def _addresses(folder: Path, services: tuple[str, ...]) -> dict[str, str]:
    """Return the addresses of all databases, as `deploy.setup` reads them."""
    server = f"postgres:{_password(folder, 'postgres')['password']}@postgres:5432/postgres"
    owners = {
        owner: f"{owner}:{_password(folder, owner)['password']}"
        f"@{names.database(owner)}-rw:5432/{owner}"
        for owner in (*services, SIMULATORS)
    }
    named = {"server": server, **owners}
    return {f"{name}_database_url": f"postgresql://{address}" for name, address in named.items()}


def _secret(name: str, entries: dict[str, str]) -> Object:
    data = {key: base64.b64encode(text.encode()).decode() for key, text in entries.items()}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "data": data}
