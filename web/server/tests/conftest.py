"""A build in a folder, and a client of the server of that folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from web_server.main import create

STYLE = "body{margin:0}"
INDEX = f'<!doctype html><title>Chọn Số</title><style>{STYLE}</style><script src="/a.js"></script>'
SCRIPT = "export const numbers = 10;\n" * 40
FILES = {
    "index.html": INDEX,
    "sw.js": "self.skipWaiting();",
    "manifest.webmanifest": "{}",
    "icon.svg": "<svg/>",
    "assets/app-4f2a.js": SCRIPT,
    "assets/so-digits-91bc.woff2": "font",
}
BROTLI = b"as if it were compressed"
"""Bytes of every `.br` file: the server does not look into them."""


def write(dist: Path) -> None:
    """Write a build whose page and script are compressed, too."""
    (dist / "assets").mkdir(parents=True)
    for name, content in FILES.items():
        (dist / name).write_text(content)
    for name in ("index.html", "assets/app-4f2a.js"):
        (dist / f"{name}.br").write_bytes(BROTLI)


@pytest.fixture
def apps(tmp_path: Path) -> Path:
    """Return a folder with the build of one app, a file beside it, and no other build."""
    write(tmp_path / "customer" / "dist")
    (tmp_path / "customer" / "secret.txt").write_text("not for anybody")
    (tmp_path / "console").mkdir()
    return tmp_path


@pytest.fixture
async def client(apps: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client that takes no compressed answer unless a test says so."""
    transport = httpx.ASGITransport(create(apps))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://web", headers={"accept-encoding": "identity"}
    ) as client:
        yield client
