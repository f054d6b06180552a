"""One app's build as it is served: Brotli, caching, revalidation, a page for every address."""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from kit.errors import NotFound
from kit.http import Problem, problem_response
from web_server.policy import policy_of

PAGE: Final = "index.html"
FOREVER: Final = "public, max-age=31536000, immutable"
REVALIDATED: Final = "no-cache"
TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".css": "text/css",
        ".html": "text/html",
        ".ico": "image/vnd.microsoft.icon",
        ".jpg": "image/jpeg",
        ".js": "text/javascript",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
    }
)
"""Media types by suffix: the tables of machines differ, and an image has none."""
UNBUILT: Final = """<!doctype html>
<html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Chọn Số</title>
<h1>Chọn Số</h1>
<p>Trang này chưa được dựng. Chạy <code>make web</code> rồi tải lại trang.</p>
<p lang="en">This page has not been built yet. Run <code>make web</code>, then reload.</p>
<p><a href="/api/">API</a></p></html>
"""

_READING: Final = ("GET", "HEAD")
_BROTLI: Final = re.compile(r"(^|,)\s*br\s*($|,|;(?!\s*q=0(\.0*)?\s*($|,)))", re.IGNORECASE)
"""`br` in a list of encodings, unless its weight is 0 (RFC 9110, 12.5.3)."""
_ASSETS: Final = re.compile(r"assets(/|$)")
"""The folder of files that are named by their content, and so never change."""
_OTHERS: Final = re.compile(r"/(api|sim)(/|$)")
"""Addresses below which others answer: what they do not know is no page either."""


class NoSuchPath(NotFound):
    """There is nothing at this address."""


@dataclass(frozen=True)
class _File:
    path: Path
    stat: os.stat_result


class Build(StaticFiles):
    """Serves the `dist` folder of one app, as it is at the moment of the request.

    A file is sent compressed by Brotli where the build has `<file>.br` and the client takes it.
    Assets are kept for ever; of the rest a browser asks each time whether it has changed. An
    address without a file is a page of the app if HTML is asked for, and nothing otherwise.
    """

    def __init__(self, dist: Path) -> None:
        super().__init__(directory=dist, check_dir=False)
        self._page = dist / PAGE

    async def check_config(self) -> None:
        """Accept a folder that is not there yet."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer a request for a path below the app's address. Raises NoSuchPath."""
        if scope["method"] not in _READING:
            return _refuse_method(scope)
        return await anyio.to_thread.run_sync(self._respond, path, scope)

    def _respond(self, path: str, scope: Scope) -> Response:
        page = _look_at(self._page)
        file = self._find(path) if page else None
        if file is None and not _is_page(path, scope):
            raise NoSuchPath
        if page is None:
            policy = {"content-security-policy": policy_of(UNBUILT)}
            return HTMLResponse(UNBUILT, 503, policy)
        response = self._send(file or page, scope)
        response.headers["cache-control"] = FOREVER if _ASSETS.match(path) else REVALIDATED
        # With every file and every 304: a worker keeps the policy that came with its script, and a
        # browser puts the headers of a 304 in place of those it has kept.
        response.headers["content-security-policy"] = _policy(page.path, page.stat.st_mtime_ns)
        return response

    def _find(self, path: str) -> _File | None:
        try:
            full_path, _ = self.lookup_path(PAGE if path == os.curdir else path)
        except (OSError, ValueError):  # too long, or no name that a file could have
            return None
        return _look_at(Path(full_path)) if full_path else None

    def _send(self, file: _File, scope: Scope) -> Response:
        asked = Headers(scope=scope)
        headers = {"vary": "Accept-Encoding"}
        media_type = TYPES.get(file.path.suffix, "application/octet-stream")
        compressed = _look_at(file.path.with_name(f"{file.path.name}.br"))
        if compressed and _BROTLI.search(asked.get("accept-encoding", "")):
            file, headers["content-encoding"] = compressed, "br"
        sent = FileResponse(file.path, 200, headers, media_type, stat_result=file.stat)
        if self.is_not_modified(sent.headers, asked):
            return NotModifiedResponse(sent.headers)
        return sent


def _look_at(path: Path) -> _File | None:
    try:
        result = path.stat()
    except OSError:
        return None
    return _File(path, result) if stat.S_ISREG(result.st_mode) else None


def _is_page(path: str, scope: Scope) -> bool:
    """Tell whether an address without a file is a page: the first one, or HTML is asked for."""
    if path == os.curdir:
        return True
    asks_for_html = "text/html" in Headers(scope=scope).get("accept", "")
    return asks_for_html and not _ASSETS.match(path) and not _OTHERS.match(scope["path"])


@lru_cache(maxsize=8)
def _policy(page: Path, _changed: int) -> str:
    return policy_of(page.read_text("utf-8"))


def _refuse_method(scope: Scope) -> Response:
    problem = Problem(
        type="/problems/method-not-allowed",
        title="Pages are only read.",
        status=405,
        detail=f"{scope['method']} does nothing here.",
        instance=scope["path"],
    )
    return problem_response(problem, {"Allow": ", ".join(_READING)})
