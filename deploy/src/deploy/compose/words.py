"""What each container is told: openly by its environment, and secretly by files."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final

from deploy.compose import town
from deploy.environment import environment_of
from deploy.keys import ISSUERS, Secrets
from deploy.services import SERVICES, SIMULATORS

EVERYBODY: Final = (*SERVICES, SIMULATORS)
SERVER: Final = "server_database_url"
"""The administrator's way into the databases, as a secret's name."""
SERVER_PASSWORD: Final = "postgres_password"  # noqa: S105 # a name, not a password
OWNER: Final = "postgres"

_MARK: Final = "\0"
_MARKED: Final = Secrets(**{part.name: f"{_MARK}{part.name}" for part in fields(Secrets)})


def hidden_of(service: str) -> list[str]:
    """Name the variables of a service whose words contain a secret: nobody reads those openly.

    In lower case: so are the files called in which they lie.
    """
    marked = environment_of(service, town.addresses(lambda _: _MARK), _MARKED, limits=True)
    return [name.lower() for name, word in marked.items() if _MARK in word]


def keys_of(service: str) -> list[str]:
    """Name the private keys a service reads."""
    if service == SIMULATORS:
        return []
    return [f"{service}.seal", *([f"{service}.pem"] if service in ISSUERS else [])]


def secrets_of(service: str) -> dict[str, str | None]:
    """Name the secrets a service is given, and where each lies if not in the usual folder."""
    keys = {key.replace(".", "_"): f"{town.KEYS}/{key}" for key in keys_of(service)}
    return {**dict.fromkeys(hidden_of(service)), **keys}


def all_secrets() -> list[str]:
    """Name every secret of the compose file."""
    names = {name for service in EVERYBODY for name in secrets_of(service)}
    return sorted({SERVER, SERVER_PASSWORD, *names})


def contents(keys: Path, secrets: Secrets, passwords: Mapping[str, str]) -> dict[str, str]:
    """Say what is in the file of every secret."""
    files = {SERVER_PASSWORD: passwords[OWNER]}
    files[SERVER] = (
        f"postgresql://{OWNER}:{passwords[OWNER]}@{town.POSTGRES.host}:{town.POSTGRES.port}/{OWNER}"
    )
    at = town.addresses(lambda owner: passwords[owner])
    for service in EVERYBODY:
        told = environment_of(service, at, secrets, limits=True)
        files |= {name: told[name.upper()] for name in hidden_of(service)}
        files |= {key.replace(".", "_"): (keys / key).read_text() for key in keys_of(service)}
    return files
