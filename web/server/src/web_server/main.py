"""Wires the server of the web apps: their builds at their addresses, and the probes."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse

from kit import telemetry
from kit.http import add_problem_answers
from kit.middleware import NoStoreMiddleware, UnhandledErrorMiddleware
from web_server.build import Build

APPS: Final = Path(__file__).parents[3] / "apps"
"""`web/apps` of the checkout, or of the image, which has the same folders."""
ADDRESSES: Final[Mapping[str, str]] = MappingProxyType({"console": "/console", "customer": ""})
"""The address of each app, without a slash at its end; the most specific first."""


def app() -> FastAPI:
    """Build the server of the apps beside this package (`kit.serve` and the stack call it)."""
    telemetry.set_up("web", None)
    return create(APPS)


def create(apps: Path) -> FastAPI:
    """Build the server of the apps in a folder; the build of each is `<app>/dist`."""
    application = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    for probe in ("/livez", "/readyz"):
        application.add_api_route(probe, _answer_probe)
    for name, address in ADDRESSES.items():
        if address:
            application.add_route(address, _add_slash, methods=["GET", "HEAD"])
        application.mount(address, Build(apps / name / "dist"), name=name)
    add_problem_answers(application)
    application.add_middleware(UnhandledErrorMiddleware)
    application.add_middleware(NoStoreMiddleware)
    return application


async def _answer_probe() -> dict[str, str]:
    """Answer a probe: what needs no other process is ready as soon as it is alive."""
    return {"status": "alive"}


async def _add_slash(request: Request) -> RedirectResponse:
    """Send a browser to an app's address: links in its page are relative to it."""
    return RedirectResponse(f"{request.url.path}/")
