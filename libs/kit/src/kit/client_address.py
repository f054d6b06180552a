"""The address a request comes from, as limits count it."""

from ipaddress import IPv6Address, ip_address
from typing import Annotated, Final

from fastapi import Depends, Request

IPV6_HOST_BITS: Final = 64
"""The bits of an IPv6 address that a customer's own router hands out."""


def counted_as(address: str) -> str:
    """Return the address that requests from `address` count as: of IPv6 its /64 network."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(IPv6Address(int(known) >> IPV6_HOST_BITS << IPV6_HOST_BITS))
    return str(getattr(known, "ipv4_mapped", None) or known)


async def _address(request: Request) -> str:
    # The gateway adds the address it sees at the end; what stands before is the client's word.
    forwarded_for = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return counted_as(forwarded_for or (request.client.host if request.client else ""))


ClientAddress = Annotated[str, Depends(_address)]
