"""E-mail addresses: one, that a mail can be sent to as it stands."""

import re
from typing import Annotated, Final

import idna
from pydantic import Field

from values.digits import read_by
from values.errors import BadValue
from values.texts import half_width, visible

LONGEST: Final = 254
LONGEST_LOCAL: Final = 64
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def parse_email(text: str) -> str:
    """Return one address with its domain in ASCII: `lan@xn--bcher-kva.vn`.

    A list, a name around the address, a line break or a quoted part is refused, so that nothing
    can be added to the head of a mail; the part before the @ keeps its case.
    """
    local, _, domain = half_width(visible(text).strip()).rpartition("@")
    if len(text) > LONGEST or len(local) > LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        raise BadValue("EMAIL_INVALID", "is not one e-mail address")
    whole = f"{local}@{_ascii(domain)}"
    if len(whole) > LONGEST:
        raise BadValue("EMAIL_INVALID", "is longer than an e-mail address can be")
    return whole


def _ascii(domain: str) -> str:
    try:
        written = idna.encode(domain, uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError) as error:
        raise BadValue("EMAIL_INVALID", "is not at a domain that can exist") from error
    if not _DOMAIN.fullmatch(written):
        raise BadValue("EMAIL_INVALID", "is not at a domain that can exist")
    return written


Email = Annotated[
    str,
    Field(max_length=LONGEST, json_schema_extra={"format": "email"}, examples=["lan@example.vn"]),
    read_by(parse_email),
]
