"""The cookies of a page's sign-in, which no script can read, and the header that goes with them.

A browser sends cookies with whatever another site makes it send; a header of one's own it sends
only for pages of this site. So a cookie says who asks, and the header that our page asks.

The customer's pages and the operators' console are one origin, and one browser keeps the cookies of
both sign-ins. The header's value chooses between them: the console names itself in every request.
"""

from typing import Final

from fastapi import Request

from kit.errors import Refused

ACCESS_COOKIE: Final = "chonso_access"
"""Carries the access token; the gateway reads it, too."""
CONSOLE_ACCESS_COOKIE: Final = "chonso_console_access"
"""The same of somebody who signed in to the console."""
REQUESTED_BY: Final = "X-Requested-By"
"""The header of our pages; only the console's value says something."""
CONSOLE: Final = "chonso-console"
"""The value of the header by which the console's cookies are meant, and no other."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSiteRequest(Refused):
    """This could be another site's doing: send the header X-Requested-By along with the cookie."""


def is_from_page(request: Request) -> bool:
    """Tell whether a page of ours sent the request."""
    return bool(request.headers.get(REQUESTED_BY))


def is_from_console(request: Request) -> bool:
    """Tell whether the console sent the request; the gateway compares the header the same way."""
    return request.headers.getlist(REQUESTED_BY) == [CONSOLE]


def refuse_cross_site(request: Request) -> None:
    """Raise `CrossSiteRequest` for a change that another site may have made the browser send."""
    if request.method not in SAFE and not is_from_page(request):
        raise CrossSiteRequest
