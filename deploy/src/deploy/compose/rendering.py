"""The parts of `docker-compose.yml` that repeat what the suite says elsewhere.

Each is written between two marks. JSON is YAML too, so strings are quoted as JSON quotes them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from deploy import server_settings
from deploy.compose import network
from deploy.compose.images import SETUP, name_of
from deploy.compose.secret_files import (
    PROCESSES,
    SERVER,
    all_secrets,
    keys_of,
    secret_variables_of,
    secrets_of,
)
from deploy.environment import environment_of
from deploy.gateway import envoy
from deploy.keys import Secrets
from deploy.services import SERVICES, SIMULATORS, WEB

FOLDER: Final = "${CHONSO_COMPOSE:-./.local/compose}"
LIMITS_OFF: Final = "${CHONSO_LIMITS_OFF:-false}"
COLLECTOR: Final = "${CHONSO_OTLP:-}"
_READY: Final = {"condition": "service_healthy"}
_DONE: Final = {"condition": "service_completed_successfully"}
_NO_SECRETS: Final = Secrets(*[""] * len(fields(Secrets)))


def parts() -> dict[str, str]:
    """Return every part by the name in its marks."""
    return {name: "\n".join(lines) for name, lines in _parts()}


def _parts() -> Iterator[tuple[str, list[str]]]:
    yield "settings", [*_kafka(), *_commands()]
    yield "services", [line for service in PROCESSES for line in _service(service)]
    yield "gateway", ["    depends_on:", *_lines(dict.fromkeys((*PROCESSES, WEB), _READY), 6)]
    yield "setup", _setup()
    yield "secrets", [line for name in all_secrets() for line in _secret(name)]


def _kafka() -> list[str]:
    variables = {_kafka_variable(name): value for name, value in server_settings.KAFKA.items()}
    return ["x-kafka: &kafka", *_lines(variables, 2)]


def _kafka_variable(name: str) -> str:
    return "KAFKA_" + name.replace(".", "_").upper()


def _commands() -> list[str]:
    server = [part for pair in server_settings.POSTGRES.items() for part in ("-c", "=".join(pair))]
    gateway = ["--config-path", "/etc/envoy/envoy.json", *envoy.OPTIONS]
    return [
        f"x-postgres: &postgres {_json(['postgres', *server])}",
        f"x-gateway: &gateway {_json(gateway)}",
    ]


def _service(service: str) -> list[str]:
    job = f"{service}-data"
    needs = {job: _DONE, "kafka": _READY} if service in SERVICES else {SETUP: _DONE}
    lines = [
        f"  {service}:",
        "    <<: *ours",
        f"    image: {name_of(service)}",
        f"    environment: &{service}-environment",
        *_lines(environment(service), 6),
        f"    secrets: &{service}-secrets",
        *(f"      - {_json(mount)}" for mount in _mounts(service)),
        *_public_keys(service),
        "    depends_on:",
        *_lines(needs, 6),
    ]
    return lines if service == SIMULATORS else [*lines, *_job(service, job)]


def environment(service: str) -> dict[str, str]:
    """Return the variables of a service that hold no secret."""
    secret, at = secret_variables_of(service), network.addresses(lambda _: "")
    every = environment_of(service, at, _NO_SECRETS, limits=True)
    variables = {name: value for name, value in every.items() if name.lower() not in secret}
    if "IDENTITY_OTP_LIMITS_OFF" in variables:
        variables["IDENTITY_OTP_LIMITS_OFF"] = LIMITS_OFF
    if service in SERVICES:
        variables[f"{service.upper()}_OTLP_ENDPOINT"] = COLLECTOR
    return variables


def _mounts(service: str) -> list[dict[str, str]]:
    return [
        {"source": name, **({"target": where} if where else {})}
        for name, where in secrets_of(service).items()
    ]


def _public_keys(service: str) -> list[str]:
    if not keys_of(service):
        return []
    return [f"    volumes: &{service}-keys [{_json(f'{FOLDER}/jwks:{network.KEYS}/jwks:ro')}]"]


def _job(service: str, job: str) -> list[str]:
    return [
        f"  {job}:",
        "    <<: *once",
        f"    image: {name_of(service)}",
        '    command: ["kit.data"]',
        f"    environment: *{service}-environment",
        f"    secrets: *{service}-secrets",
        f"    volumes: *{service}-keys",
        "    depends_on:",
        *_lines({SETUP: _DONE}, 6),
    ]


def _setup() -> list[str]:
    databases = [f"{service}_database_url" for service in PROCESSES]
    return [
        f"    image: {name_of(SETUP)}",
        "    environment:",
        *_lines({"KAFKA_SERVERS": network.KAFKA}, 6),
        f"    secrets: {_json([SERVER, *databases])}",
    ]


def _secret(name: str) -> list[str]:
    return [f"  {name}:", f"    file: {_json(f'{FOLDER}/secrets/{name}')}"]


def _lines(variables: Mapping[str, Any], indent: int) -> list[str]:
    return [f"{' ' * indent}{name}: {_json(value)}" for name, value in variables.items()]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
