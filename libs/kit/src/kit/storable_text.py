"""What people send is text that can be kept, whatever it says."""

from typing import Any

from fastapi import Request

from kit.errors import Invalid


class NotText(Invalid):
    """Some of what was sent is no text: there is a NUL or half a character in it."""


async def readable(request: Request) -> None:
    """Refuse what JSON and addresses can say but neither PostgreSQL nor UTF-8 can keep."""
    words = [*request.query_params.values(), *request.path_params.values()]
    if "json" in request.headers.get("content-type", ""):
        words += await _words_of_body(request)
    if any(map(_cannot_be_kept, words)):
        raise NotText


async def _words_of_body(request: Request) -> list[str]:
    try:
        left = [await request.json()]
    except (ValueError, RecursionError):  # a route that reads its body itself says what is wrong
        return []
    words = []
    while left:  # not by recursion: somebody may have sent a very deep list
        value: Any = left.pop()
        if isinstance(value, str):
            words.append(value)
        elif isinstance(value, dict):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            left += value
    return words


def _cannot_be_kept(word: str) -> bool:
    return "\0" in word or any("\ud800" <= letter <= "\udfff" for letter in word)
