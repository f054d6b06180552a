"""The places the suite is rolled out to, as `deploy/k8s/sites.toml` writes them down."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from deploy.environment import Addresses, environment_of
from deploy.gateway.site import Address
from deploy.k8s.words import PORT, SMTP_PORT
from deploy.keys import Secrets
from deploy.paths import ROOT
from deploy.services import SERVICES, SIMULATORS

FOLDER: Final = ROOT / "deploy" / "k8s"

_ELSEWHERE: Final = frozenset({"DATABASE_URL", "KAFKA_SERVERS", "KEYS_DIR", "PUBLIC_URL"})
"""What is said of each place for all services together."""


OPERATORS: Final = ("KAFKA_BOOTSTRAP", "KAFKA_TLS_DIR")
"""What the commands of `python -m events` read from the environment."""


class InvalidSites(Exception):
    """`sites.toml` names no service of ours, or leaves out what the local stack tells one."""


@dataclass(frozen=True)
class Site:
    """One place."""

    name: str
    public_url: str
    kafka_servers: str
    alone: bool = False
    """Whether there is nothing but Kubernetes itself: one node, no operators, no certificates."""
    gateway: str = ""
    """Where the simulators find the gateway, if not where people do."""
    otlp_endpoint: str | None = None
    outside: Mapping[str, Mapping[str, str]] | None = None
    """What each service is told about the systems outside; nothing if they are simulated."""
    everywhere: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What each service is told wherever pods come and go, and nowhere else."""


_NOWHERE: Final = Site("nowhere", public_url="", kafka_servers="")


@dataclass(frozen=True)
class Told:
    """What a process is told: openly, and in confidence."""

    openly: dict[str, str] = field(default_factory=dict)
    in_confidence: dict[str, str] = field(default_factory=dict)


def read(file: Path = FOLDER / "sites.toml") -> list[Site]:
    """Read the table of places. Raises InvalidSites."""
    words = tomllib.loads(file.read_text())
    everywhere = words.pop("everywhere", {})
    _refuse_unknown_services("everywhere", everywhere)
    for name, site in words.items():
        _refuse_unknown_services(f"{name}.outside", site.get("outside", {}))
    return [Site(name=name, everywhere=everywhere, **site) for name, site in words.items()]


def _refuse_unknown_services(section: str, settings: Mapping[str, object]) -> None:
    """Refuse settings of a name that no service has: they would reach no process."""
    if unknown := sorted(set(settings) - set(SERVICES)):
        raise InvalidSites(
            f"deploy/k8s/sites.toml: [{section}.{unknown[0]}] names no service; there are"
            f" {', '.join(SERVICES)}."
        )


def told(name: str, site: Site) -> Told:
    """Work out what a service, or the simulators, are told at a place."""
    own = _simulated(name, site)
    confidential = set(own.in_confidence)
    if site.outside is not None:
        own = Told(_as_written(name, site, own), {})
    prefix = f"{name.upper()}_"
    openly = own.openly | _common(name, site)
    operators = {} if name == SIMULATORS else _operators_words(site)
    return Told(
        {prefix + word: openly[word] for word in sorted(openly)} | operators,
        {prefix + word: own.in_confidence.get(word, "") for word in sorted(confidential)},
    )


def secret_words(name: str) -> list[str]:
    """List what a process is told in confidence; it is the same everywhere."""
    return sorted(f"{name.upper()}_{word}" for word in _simulated(name, _NOWHERE).in_confidence)


def in_confidence(name: str, site: Site, secrets: Secrets) -> dict[str, str]:
    """Say in earnest what a process is told in confidence where the outside is simulated."""
    own = _simulated(name, site, secrets)
    return {f"{name.upper()}_{word}": text for word, text in own.in_confidence.items()}


def talks_with(name: str) -> Literal["outside", "partners"] | None:
    """Say with whom a service talks besides us: systems that may be simulated, or receivers."""
    openly = _simulated(name, _NOWHERE).openly
    if any(SIMULATORS in text for text in openly.values()):
        return "outside"
    return "partners" if any(word.startswith("WEBHOOK") for word in openly) else None


def _common(name: str, site: Site) -> dict[str, str]:
    if name == SIMULATORS:
        return {"PUBLIC_URL": f"{site.public_url}/sim"}
    words = {
        "KAFKA_SERVERS": site.kafka_servers,
        "KEYS_DIR": "/keys",
        "PUBLIC_URL": site.public_url,
    }
    if not site.alone:
        words["KAFKA_TLS_DIR"] = "/kafka"
    if site.otlp_endpoint:
        words["OTLP_ENDPOINT"] = site.otlp_endpoint
    return words | dict(site.everywhere.get(name, {}))


def _operators_words(site: Site) -> dict[str, str]:
    """Say what `python -m events` in a service's pod has to know."""
    words = (site.kafka_servers, "" if site.alone else "/kafka")
    return {word: text for word, text in zip(OPERATORS, words, strict=True) if text}


_MARKS: Final = Secrets(*(f"<{number}>" for number in range(5)))


def _simulated(name: str, site: Site, secrets: Secrets = _MARKS) -> Told:
    """Ask what the local stack would tell; whatever holds a secret is not said openly."""
    at = _addresses(site)
    prefix = f"{name.upper()}_"
    marked = environment_of(name, at, _MARKS, limits=True)
    meant = environment_of(name, at, secrets, limits=True)
    openly, confidential = dict[str, str](), dict[str, str]()
    for full, text in marked.items():
        word = full.removeprefix(prefix)
        if word in _ELSEWHERE:
            continue
        if any(mark in text for mark in vars(_MARKS).values()):
            confidential[word] = meant[full]
        else:
            openly[word] = text
    return Told(openly, confidential)


def _addresses(site: Site) -> Addresses:
    """Say where everything is when names are resolved by the cluster."""
    return Addresses(
        database=lambda _: "",
        kafka="",
        public=site.public_url,
        gateway=site.gateway or site.public_url,
        outside=f"http://{SIMULATORS}:{PORT}",
        mail=Address(SIMULATORS, SMTP_PORT),
        mail_listens_on="0.0.0.0",  # noqa: S104 # a pod has an address of its own
        keys=Path("/keys"),
    )


def _as_written(name: str, site: Site, simulated: Told) -> dict[str, str]:
    """Take what the place says itself, and insist on everything the local stack says."""
    written = dict((site.outside or {}).get(name, {}))
    wanted = set(simulated.openly) - set(_common(name, site))
    if missing := sorted(wanted - set(written)):
        raise InvalidSites(
            f"deploy/k8s/sites.toml: [{site.name}.outside.{name}] does not say"
            f" {', '.join(missing)}, which deploy.environment tells {name}."
        )
    return written
