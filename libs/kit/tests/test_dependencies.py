"""A route names the parts it needs by their type; the service has them or does not start."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI
from httpx import ASGITransport, AsyncClient

from kit.dependencies import check_parts, from_app


class Gateway:
    """A part that `main` builds."""

    url = "https://gateway.test"


RequestGateway = Annotated[Gateway, from_app(Gateway)]
Greeting = Annotated[str, from_app(str, "greeting")]


async def _letter(greeting: Greeting, gateway: RequestGateway) -> str:
    return f"{greeting} from {gateway.url}"


router = APIRouter()


@router.get("/letter")
async def read_letter(letter: Annotated[str, Depends(_letter)]) -> str:
    return letter


def service(**parts: object) -> FastAPI:
    """Give a service these parts."""
    app = FastAPI()
    for name, part in parts.items():
        setattr(app.state, name, part)
    check_parts(app, [router])
    app.include_router(router)
    return app


async def test_a_route_is_given_the_parts_it_names() -> None:
    app = service(greeting="hello", gateway=Gateway())
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        answer = await client.get("/letter")

    assert answer.json() == "hello from https://gateway.test"


@pytest.mark.parametrize("gateway", [{}, {"gateway": "a word"}], ids=["missing", "of another kind"])
def test_a_service_without_a_part_that_a_route_needs_does_not_start(
    gateway: dict[str, object],
) -> None:
    with pytest.raises(TypeError, match=r"app\.state\.gateway is no Gateway"):
        service(greeting="hello", **gateway)
