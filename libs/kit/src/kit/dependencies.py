"""Dependencies of routes on what `main` built: settings, keys, gateways, the database.

`main` gives each part a name; a route takes it as a parameter whose type says which one:

    RequestVnPay = Annotated[VnPay, from_app(VnPay)]                      # the part named "vnpay"
    Deliveries = Annotated[Verifier, from_app(Verifier, "deliveries")]    # of several, this one

A service that lacks a part which one of its routes asks for does not start.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from kit.sealing import Sealer
from kit.tokens import Signer


@dataclass(frozen=True)
class AppPart:
    """A part of the service: an attribute of `app.state` of one kind. Equal ones are read once."""

    kind: type
    name: str

    def of(self, app: FastAPI) -> Any:
        """Return the part, or raise `TypeError` if it is missing or of another kind."""
        part = getattr(app.state, self.name, None)
        if not isinstance(part, self.kind):
            raise TypeError(f"app.state.{self.name} is no {self.kind.__name__}, but {part!r}")
        return part

    async def __call__(self, request: Request) -> Any:
        """Return the part to a route; a coroutine, since FastAPI runs functions in threads."""
        return self.of(request.app)


def from_app(kind: type, name: str = "") -> Any:
    """Make the dependency on a part of the service, by default named after its class."""
    return Depends(AppPart(kind, name or kind.__name__.lower()))


RequestSealer = Annotated[Sealer, from_app(Sealer)]
RequestSigner = Annotated[Signer, from_app(Signer)]


def check_parts(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Raise `TypeError` if a route asks for a part that the service does not have."""
    routes = [route for router in routers for route in router.routes]
    for route in routes:
        for part in _parts_of(route.dependant) if isinstance(route, APIRoute) else ():
            part.of(app)


def _parts_of(dependant: Dependant) -> Iterator[AppPart]:
    if isinstance(dependant.call, AppPart):
        yield dependant.call
    for needed in dependant.dependencies:
        yield from _parts_of(needed)
