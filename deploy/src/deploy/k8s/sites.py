"""The places the suite is rolled out to, from `deploy/k8s/sites.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Literal

from deploy.environment import Addresses, environment_of
from deploy.gateway.site import Address
from deploy.k8s.names import PORT, SMTP_PORT
from deploy.keys import Secrets
from deploy.paths import ROOT
from deploy.services import MEDIA, SERVICES, SIMULATORS

FOLDER: Final = ROOT / "deploy" / "k8s"

_ELSEWHERE: Final = frozenset({"DATABASE_URL", "KAFKA_SERVERS", "KEYS_DIR", "PUBLIC_URL"})
"""Variables that are the same for all services of a place."""


OPERATORS: Final = ("KAFKA_BOOTSTRAP", "KAFKA_TLS_DIR")
"""Variables of the commands `python -m events` in a service's pod."""


class InvalidSites(Exception):
    """`sites.toml` names no service of ours, or leaves out what the local stack tells one."""


@dataclass(frozen=True)
class Site:
    """One place: its addresses, settings and outside systems."""

    name: str
    public_url: str
    kafka_servers: str
    alone: bool = False
    """Whether the cluster has one node, no operators and no certificates."""
    gateway: str = ""
    """The gateway's address for simulators, if it differs from the public one."""
    otlp_endpoint: str | None = None
    outside: Mapping[str, Mapping[str, str]] | None = None
    """Each service's variables about outside systems; None where those are simulated."""
    everywhere: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Each service's variables for Kubernetes only, where pods are replaced."""


_NOWHERE: Final = Site("nowhere", public_url="", kafka_servers="")


@dataclass(frozen=True)
class ProcessEnvironment:
    """The variables of a process, plain and secret."""

    plain: dict[str, str] = field(default_factory=dict)
    secret: dict[str, str] = field(default_factory=dict)


def read(file: Path = FOLDER / "sites.toml") -> list[Site]:
    """Read the table of places. Raises InvalidSites."""
    table = tomllib.loads(file.read_text())
    everywhere = table.pop("everywhere", {})
    _refuse_unknown_services("everywhere", everywhere)
    for name, site in table.items():
        _refuse_unknown_services(f"{name}.outside", site.get("outside", {}))
    return [Site(name=name, everywhere=everywhere, **site) for name, site in table.items()]


def _refuse_unknown_services(section: str, settings: Mapping[str, object]) -> None:
    """Refuse settings of a name that no service has: they would reach no process."""
    if unknown := sorted(set(settings) - set(SERVICES)):
        raise InvalidSites(
            f"deploy/k8s/sites.toml: [{section}.{unknown[0]}] names no service; there are"
            f" {', '.join(SERVICES)}."
        )


def environment_at(name: str, site: Site) -> ProcessEnvironment:
    """Return the variables of a service, or the simulators, at a place. Raises InvalidSites."""
    own = _simulated(name, site)
    secret = set(own.secret)
    if site.outside is not None:
        own = ProcessEnvironment(_as_written(name, site, own), {})
    prefix = f"{name.upper()}_"
    plain = own.plain | _common(name, site)
    operators = {} if name == SIMULATORS else _operators_variables(site)
    return ProcessEnvironment(
        {prefix + variable: plain[variable] for variable in sorted(plain)} | operators,
        {prefix + variable: own.secret.get(variable, "") for variable in sorted(secret)},
    )


def secret_variables(name: str) -> list[str]:
    """Return the names of a process's secret variables, the same in every place."""
    return sorted(f"{name.upper()}_{variable}" for variable in _simulated(name, _NOWHERE).secret)


def secret_values(name: str, site: Site, secrets: Secrets) -> dict[str, str]:
    """Return a process's secret variables with their values, where the outside is simulated."""
    own = _simulated(name, site, secrets)
    return {f"{name.upper()}_{variable}": value for variable, value in own.secret.items()}


def talks_with(name: str) -> Literal["outside", "partners"] | None:
    """Return the kind of other systems that a service calls: `outside`, `partners` or None."""
    plain = _simulated(name, _NOWHERE).plain
    if any(SIMULATORS in value for value in plain.values()):
        return "outside"
    return "partners" if any(variable.startswith("WEBHOOK") for variable in plain) else None


def _common(name: str, site: Site) -> dict[str, str]:
    if name == SIMULATORS:
        return {"PUBLIC_URL": f"{site.public_url}/sim"}
    variables = {
        "KAFKA_SERVERS": site.kafka_servers,
        "KEYS_DIR": "/keys",
        "PUBLIC_URL": site.public_url,
    }
    if not site.alone:
        variables["KAFKA_TLS_DIR"] = "/kafka"
    if site.otlp_endpoint:
        variables["OTLP_ENDPOINT"] = site.otlp_endpoint
    return variables | dict(site.everywhere.get(name, {}))


def _operators_variables(site: Site) -> dict[str, str]:
    """Return the variables of `python -m events` in a service's pod."""
    variables = (site.kafka_servers, "" if site.alone else "/kafka")
    return {variable: value for variable, value in zip(OPERATORS, variables, strict=True) if value}


_MARKS: Final = Secrets(*(f"<{number}>" for number in range(len(fields(Secrets)))))


def _simulated(name: str, site: Site, secrets: Secrets = _MARKS) -> ProcessEnvironment:
    """Return the local stack's variables for a process, those that hold a secret apart."""
    at = _addresses(site)
    prefix = f"{name.upper()}_"
    marked = environment_of(name, at, _MARKS, limits=True)
    actual = environment_of(name, at, secrets, limits=True)
    plain, secret = dict[str, str](), dict[str, str]()
    for full, value in marked.items():
        variable = full.removeprefix(prefix)
        if variable in _ELSEWHERE:
            continue
        if any(mark in value for mark in vars(_MARKS).values()):
            secret[variable] = actual[full]
        else:
            plain[variable] = value
    return ProcessEnvironment(plain, secret)


def _addresses(site: Site) -> Addresses:
    """Return addresses as the cluster's DNS resolves them."""
    return Addresses(
        database=lambda _: "",
        kafka="",
        public=site.public_url,
        gateway=site.gateway or site.public_url,
        outside=f"http://{SIMULATORS}:{PORT}",
        mail=Address(SIMULATORS, SMTP_PORT),
        mail_listens_on="0.0.0.0",  # noqa: S104 # a pod has an address of its own
        keys=Path("/keys"),
        media=_media_nodes(site),
    )


def _media_nodes(site: Site) -> str:
    """Return the media nodes' own names: a call lives on one of them."""
    nodes = range(1 if site.alone else 2)
    return ",".join(f"http://{MEDIA}-{node}.{MEDIA}:{PORT}" for node in nodes)


def _as_written(name: str, site: Site, simulated: ProcessEnvironment) -> dict[str, str]:
    """Return the variables that `sites.toml` lists. Raises InvalidSites where one is missing."""
    written = dict((site.outside or {}).get(name, {}))
    required = set(simulated.plain) - set(_common(name, site))
    if missing := sorted(required - set(written)):
        raise InvalidSites(
            f"deploy/k8s/sites.toml: [{site.name}.outside.{name}] does not say"
            f" {', '.join(missing)}, which deploy.environment tells {name}."
        )
    return written
