"""Addresses in the network of the compose file: host names and ports."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from deploy.environment import Addresses
from deploy.gateway.site import Address, Site
from deploy.services import MEDIA, SERVICES, SIMULATORS, WEB
from kit.serve import EVERYWHERE, PORT

KAFKA: Final = "kafka:19092"
"""The broker's listener for containers; the machine reaches another port."""
POSTGRES: Final = Address("postgres", 5432)
GATEWAY: Final = Address("gateway", 8080)
ADMIN: Final = Address("127.0.0.1", 9901)
MAIL: Final = Address(SIMULATORS, 1025)
PUBLIC: Final = "http://127.0.0.1:${CHONSO_PORT:-8080}"
"""The gateway's public address; Docker Compose fills in the port."""
KEYS: Final = Path("/run/keys")


def addresses(password_of: Callable[[str], str]) -> Addresses:
    """Return the addresses for the services' environment."""

    def database(owner: str) -> str:
        where = f"{POSTGRES.host}:{POSTGRES.port}/{owner}"
        return f"postgresql+psycopg://{owner}:{password_of(owner)}@{where}"

    return Addresses(
        database=database,
        kafka=KAFKA,
        public=PUBLIC,
        gateway=f"http://{GATEWAY.host}:{GATEWAY.port}",
        outside=f"http://{SIMULATORS}:{PORT}",
        mail=MAIL,
        mail_listens_on=EVERYWHERE,
        keys=KEYS,
        media=f"http://{MEDIA}:{PORT}",
    )


def site(jwks: str, *, limits: bool) -> Site:
    """Return the addresses for the gateway's configuration."""
    return Site(
        listen=Address(EVERYWHERE, GATEWAY.port),
        admin=ADMIN,
        jwks=jwks,
        web=Address(WEB, PORT),
        services={service: [Address(service, PORT)] for service in SERVICES},
        simulators=Address(SIMULATORS, PORT),
        limits=limits,
    )
