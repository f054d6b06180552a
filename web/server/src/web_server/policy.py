"""The Content-Security-Policy of a page, with the hashes of what is inlined in it.

Only the server knows it: it is made of the bytes of the build that it serves. The gateway leaves
it as it is, and says a stricter one of every answer that says none.
"""

import base64
import hashlib
from html.parser import HTMLParser
from typing import Final

TRUSTED_TYPES: Final = "service-worker"
"""The only Trusted Types policy that pages may make: it passes `/sw.js` to the browser."""

_INLINED: Final = ("script", "style")


def policy_of(page: str) -> str:
    """Return the policy of a page: its own origin, no plug-in, no frame, no inline script.

    The CSS and scripts written into its HTML are admitted by their SHA-256. Style attributes are
    admitted: apps set widths and positions.
    """
    inlined = _Inlined()
    inlined.feed(page)
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *inlined.hashes["script"])),
            " ".join(("style-src 'self'", *inlined.hashes["style"])),
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' blob: data:",
            "font-src 'self'",
            "connect-src 'self'",
            "media-src 'self' blob:",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            f"trusted-types {TRUSTED_TYPES}",
        )
    )


class _Inlined(HTMLParser):
    """Collects the hashes of the styles and scripts that stand in a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.hashes: dict[str, list[str]] = {kind: [] for kind in _INLINED}
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin to collect the text of a style, or of a script that is no file."""
        if tag in _INLINED and not any(name == "src" for name, _ in attrs):
            self._text = []

    def handle_data(self, data: str) -> None:
        """Collect a piece of the text."""
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Hash the text that was collected."""
        if self._text is not None:
            digest = hashlib.sha256("".join(self._text).encode()).digest()
            self.hashes[tag].append(f"'sha256-{base64.b64encode(digest).decode()}'")
            self._text = None
