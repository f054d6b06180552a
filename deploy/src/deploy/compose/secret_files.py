"""Secrets of the compose file: variables that hold one are files in `/run/secrets`."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final

from deploy.compose import network
from deploy.environment import environment_of
from deploy.keys import ISSUERS, Secrets
from deploy.services import SERVICES, SIMULATORS

PROCESSES: Final = (*SERVICES, SIMULATORS)
SERVER: Final = "server_database_url"
"""The secret with the superuser's address of the databases."""
SERVER_PASSWORD: Final = "postgres_password"  # noqa: S105 # a name, not a password
OWNER: Final = "postgres"

_MARK: Final = "\0"
_MARKED: Final = Secrets(**{part.name: f"{_MARK}{part.name}" for part in fields(Secrets)})


def secret_variables_of(service: str) -> list[str]:
    """Return the variables whose values contain a secret, in lower case like their files."""
    marked = environment_of(service, network.addresses(lambda _: _MARK), _MARKED, limits=True)
    return [name.lower() for name, value in marked.items() if _MARK in value]


def keys_of(service: str) -> list[str]:
    """Return the files of the private keys that a service reads."""
    if service == SIMULATORS:
        return []
    return [f"{service}.seal", *([f"{service}.pem"] if service in ISSUERS else [])]


def secrets_of(service: str) -> dict[str, str | None]:
    """Return the secrets of a service, each with its path if not in `/run/secrets`."""
    keys = {key.replace(".", "_"): f"{network.KEYS}/{key}" for key in keys_of(service)}
    return {**dict.fromkeys(secret_variables_of(service)), **keys}


def all_secrets() -> list[str]:
    """Return the names of all secrets of the compose file."""
    names = {name for service in PROCESSES for name in secrets_of(service)}
    return sorted({SERVER, SERVER_PASSWORD, *names})


def contents(keys: Path, secrets: Secrets, passwords: Mapping[str, str]) -> dict[str, str]:
    """Return the content of every secret's file, by its name."""
    files = {SERVER_PASSWORD: passwords[OWNER]}
    files[SERVER] = (
        f"postgresql://{OWNER}:{passwords[OWNER]}@{network.POSTGRES.host}:{network.POSTGRES.port}/{OWNER}"
    )
    at = network.addresses(lambda owner: passwords[owner])
    for service in PROCESSES:
        environment = environment_of(service, at, secrets, limits=True)
        files |= {name: environment[name.upper()] for name in secret_variables_of(service)}
        files |= {key.replace(".", "_"): (keys / key).read_text() for key in keys_of(service)}
    return files
