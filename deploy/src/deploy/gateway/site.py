"""Addresses of one gateway: the difference between a laptop, a compose file and a cluster."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Address:
    """A host and a port."""

    host: str
    port: int


@dataclass(frozen=True)
class Site:
    """The addresses that one gateway listens on and sends to."""

    listen: Address
    admin: Address
    jwks: str
    """The public keys of the identity service."""
    web: Address
    """The server of the web apps' files."""
    services: Mapping[str, list[Address]] = field(default_factory=dict)
    """The addresses of each service's processes."""
    simulators: Address | None = None
    """The systems outside, where they are only simulated."""
    limits: bool = True
    """Whether rate limits are enforced."""
