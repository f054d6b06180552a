"""What routes need besides the database: keys, settings, and where a request comes from."""

from ipaddress import IPv6Address, ip_address
from typing import Annotated, Final

from fastapi import Depends, Request

from identity.settings import Settings
from kit.sealing import Sealer
from kit.tokens import Signer


def _settings(request: Request) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def _sealer(request: Request) -> Sealer:
    sealer = request.app.state.sealer
    assert isinstance(sealer, Sealer)
    return sealer


def _signer(request: Request) -> Signer:
    signer = request.app.state.signer
    assert isinstance(signer, Signer)
    return signer


async def _address(request: Request) -> str:
    # The gateway adds the address it sees at the end; what stands before is the client's word.
    told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return neighbourhood(told or (request.client.host if request.client else ""))


def neighbourhood(address: str) -> str:
    """Return what counts as one address: of IPv6 the network of one connection."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(IPv6Address(int(known) >> OWN_BITS << OWN_BITS))
    return str(getattr(known, "ipv4_mapped", None) or known)


OWN_BITS: Final = 64
Address = Annotated[str, Depends(_address)]
Config = Annotated[Settings, Depends(_settings)]
Seals = Annotated[Sealer, Depends(_sealer)]
Signs = Annotated[Signer, Depends(_signer)]
