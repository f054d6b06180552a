"""The page at `/api/`, with links to all APIs."""

import base64
import hashlib
from typing import Final

from deploy.gateway.site import Site
from deploy.gateway.table import Table

_OUTSIDE: Final = {
    "Everybody outside, and staff on autopilot": "/sim/",
    "Text messages": "/sim/sms",
    "Mail": "/sim/mail",
    "Faults": "/sim/faults",
    "Counts": "/sim/counts",
}

_STYLE: Final = "body{font:16px/1.6 system-ui,sans-serif;margin:3rem auto;max-width:40rem}"
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY_OF_PAGE: Final = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; frame-ancestors 'none'"

_PAGE: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Chọn Số: API</title>
<style>{style}</style>
<h1>Chọn Số</h1>
<p>Choose a number, hold it, pay, receive the SIM, prove who you are, be connected.</p>
<p><a href="/">The app</a></p>
{outside}<h2>Services</h2><ul>{services}</ul></html>
"""


def welcome(table: Table, site: Site) -> str:
    """Return the page as HTML."""
    services = (_item(service.name, f"{service.prefix}/openapi.json") for service in table.services)
    outside = "".join(_item(name, path) for name, path in _OUTSIDE.items())
    return _PAGE.format(
        style=_STYLE,
        services="".join(services),
        outside=f"<h2>Simulated systems</h2><ul>{outside}</ul>" if site.simulators else "",
    )


def _item(name: str, path: str) -> str:
    return f'<li><a href="{path}">{name}</a></li>'
