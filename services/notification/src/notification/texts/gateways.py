"""Templates of messages: `templates/<vi|en>/<message>.txt`, `mail.html`, and words for codes."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    select_autoescape,
)

from notification.texts.domain import Facts, Locale, moment, money
from values.phones import in_groups

FOLDER: Final = Path(__file__).parent.parent / "templates"


def compose(template: str, locale: Locale, facts: Facts) -> tuple[str, str]:
    """Put facts into a title and a plain text; raise an error of Jinja if one is missing."""
    msisdn = facts.get("msisdn")
    named = facts | {"number": in_groups(msisdn) if msisdn else None}
    text = _templates(locale).get_template(f"{template}.txt").render(named)
    title, _, body = text.partition("\n")
    return title.strip(), body.strip()


def page(locale: Locale, facts: Facts, title: str, body: str) -> str:
    """Put facts into the HTML half of an e-mail."""
    templates = _templates(locale)
    return templates.get_template("mail.html").render(
        facts | {"title": title, "paragraphs": body.split("\n\n")}
    )


@cache
def _templates(locale: Locale) -> Environment:
    templates = Environment(
        loader=FileSystemLoader([FOLDER / locale, FOLDER]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"money": money, "phone": in_groups, "moment": moment}
    templates.globals |= {
        "reason": _dictionary(locale, "reasons"),
        "step": _dictionary(locale, "steps"),
    }
    return templates


def _dictionary(locale: Locale, name: str) -> Callable[[str], str]:
    entries: dict[str, Any] = json.loads((FOLDER / locale / f"{name}.json").read_text())

    def look_up(code: str) -> str:
        # DOC_INCONSISTENT:full_name is worded like DOC_INCONSISTENT.
        entry = entries.get(code) or entries.get(code.partition(":")[0])
        return str(entry or entries["*"])

    return look_up
