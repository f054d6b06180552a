"""The cookie of a page's sign-in, which no script can read, and the header that goes with it.

A browser sends cookies with whatever another site makes it send; a header of one's own it sends
only for pages of this site. So a cookie says who asks, and the header that our page asks.
"""

from typing import Final

from fastapi import Request

from kit.errors import Refused

ACCESS_COOKIE: Final = "chonso_access"
"""Carries the access token; the gateway reads it, too."""
REQUESTED_BY: Final = "X-Requested-By"
"""The header of our pages; its value says nothing, for example `web`."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSiteRequest(Refused):
    """This could be another site's doing: send the header X-Requested-By along with the cookie."""


def is_from_page(request: Request) -> bool:
    """Tell whether a page of ours sent the request."""
    return bool(request.headers.get(REQUESTED_BY))


def refuse_cross_site(request: Request) -> None:
    """Raise `CrossSiteRequest` for a change that another site may have made the browser send."""
    if request.method not in SAFE and not is_from_page(request):
        raise CrossSiteRequest
