"""Envoy's own answers, as RFC 9457 problems like those of the services."""

from typing import Any, Final

from deploy.gateway.headers import entry

# slug, title, detail; the slugs are those of the services where both can say the same
PROBLEMS: Final = {
    400: (
        "bad-request",
        "This request cannot be understood.",
        "Its path or a header is malformed.",
    ),
    401: (
        "not-signed-in",
        "Sign in first: the access token is missing, wrong or too old.",
        "Send `Authorization: Bearer` with an access token of the identity service.",
    ),
    404: ("no-such-path", "There is nothing at this address.", "No service answers to this path."),
    408: ("too-slow", "This request took too long to arrive.", "Send it again."),
    413: ("too-large", "This request is too large.", "Send less, for instance a smaller picture."),
    429: ("too-many-requests", "You are asking too often.", "Wait a moment and try again."),
    431: ("headers-too-large", "The headers of this request are too large.", "Send fewer."),
    502: ("bad-answer", "The service did not answer properly.", "Try again in a moment."),
    503: ("unavailable", "The service is not available.", "Try again in a moment."),
    504: ("no-answer", "The service did not answer in time.", "Try again in a moment."),
}


def local_replies() -> dict[str, Any]:
    """Return Envoy's `local_reply_config`, which maps its own answers to problems."""
    # Envoy calls a token that was made for something else forbidden; to us it is just no token.
    wrong_token = {**_mapper(403, *PROBLEMS[401]), "status_code": 401}
    mappers = [_mapper(status, *problem) for status, problem in PROBLEMS.items()]
    return {"mappers": [wrong_token, *mappers]}


def _mapper(status: int, slug: str, title: str, detail: str) -> dict[str, Any]:
    body = {
        "type": f"/problems/{slug}",
        "title": title,
        "status": "%RESPONSE_CODE%",
        "detail": detail,
        "instance": "%PATH(NQ:ORIG_OR_PATH)%",
    }
    comparison = {"op": "EQ", "value": {"default_value": status, "runtime_key": "local_reply"}}
    return {
        "filter": {"status_code_filter": {"comparison": comparison}},
        "body_format_override": {
            "json_format": body,
            "content_type": "application/problem+json",
        },
        "headers_to_add": [entry("cache-control", "no-store")],
    }
