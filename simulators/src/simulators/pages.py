"""Pages for people: plain HTML in one layout, with relative links, everything escaped."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import segno
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from kit.clock import VIETNAM
from simulators.simulation import simulation_of

LATEST: Final = 100


def _local(moment: datetime | None) -> str:
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S") if moment else ""


def _vnd(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đ"


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _qr(text: str) -> str:
    """Return a QR code as the address of a picture, with the white border that scanners need."""
    address: str = segno.make(text, micro=False).svg_data_uri(scale=4, border=4, light="#fff")
    return address


_templates = Environment(
    loader=PackageLoader("simulators"), autoescape=True, undefined=StrictUndefined
)
_templates.filters.update(local=_local, vnd=_vnd, moment=_moment, qr=_qr)


def page(
    request: Request, name: str, *, system: str | None = None, status: int = 200, **values: Any
) -> HTMLResponse:
    """Show a page; with a system named, its fault switches stand below."""
    simulation = simulation_of(request)
    html = _templates.get_template(f"{name}.html").render(
        root=root(request),
        system=system,
        faults=simulation.faults.all(system) if system else [],
        autopilot={
            "on": simulation.autopilot.on,
            "available": simulation.settings.gateway_url is not None,
        },
        population=simulation.population,
        **values,
    )
    return HTMLResponse(html, status)


def root(request: Request) -> str:
    """Return the way up to the first page: links work behind any prefix."""
    return "../" * (request.url.path.count("/") - 1) or "./"


def back_to(request: Request, path: str) -> Response:
    """Send the browser to another page after a button was pressed."""
    return RedirectResponse(root(request) + path, 303)


def wants_page(request: Request) -> bool:
    """Tell a person's browser from a program."""
    return "text/html" in request.headers.get("accept", "")


async def sent_fields(request: Request) -> Mapping[str, str]:
    """Read what was sent, from a form or as JSON; anything unreadable counts as nothing."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            sent = await request.json()
        except (ValueError, RecursionError):
            return {}
        fields = sent if isinstance(sent, dict) else {}
    else:
        fields = dict(await request.form())
    return {str(k): _clean(v) for k, v in fields.items() if isinstance(v, str | int | float)}


def _clean(value: object) -> str:
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()[:500]
