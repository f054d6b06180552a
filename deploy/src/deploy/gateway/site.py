"""Where one gateway stands: what differs between a laptop, a compose file and a cluster."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Address:
    """A host and a port."""

    host: str
    port: int


@dataclass(frozen=True)
class Site:
    """The neighbourhood of a gateway."""

    listen: Address
    admin: Address
    jwks: str
    """The public keys of the identity service."""
    services: Mapping[str, list[Address]] = field(default_factory=dict)
    """Every process of every service that runs here."""
    simulators: Address | None = None
    """The systems outside, where they are only simulated."""
    limits: bool = True
    """Whether anybody is ever told to slow down."""
