"""Text of requests that PostgreSQL and UTF-8 can store; routes are given no other."""

from typing import Any

from fastapi import Request

from kit.errors import Invalid


class NotText(Invalid):
    """Some of what was sent is no text: there is a NUL or half a character in it."""


async def refuse_unstorable_text(request: Request) -> None:
    """Refuse NUL and half surrogates in query, path or JSON body: they could not be stored."""
    texts = [*request.query_params.values(), *request.path_params.values()]
    if "json" in request.headers.get("content-type", ""):
        texts += await _texts_of_body(request)
    if any(map(_is_unstorable, texts)):
        raise NotText


async def _texts_of_body(request: Request) -> list[str]:
    try:
        left = [await request.json()]
    except (ValueError, RecursionError):  # a route that reads its body itself says what is wrong
        return []
    texts = []
    while left:  # not by recursion: a client may send a very deep list
        value: Any = left.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            left += value
    return texts


def _is_unstorable(text: str) -> bool:
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
