"""Reading a mail: Vietnamese subjects, several parts, pictures inside."""

import base64
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

_UNREADABLE: Final = "(không đọc được)"


@dataclass(frozen=True)
class Enclosure:
    """A file in a mail."""

    filename: str
    content_type: str
    content_id: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """The parts of a mail that a person sees."""

    message_id: str
    subject: str
    text: str
    html: str
    enclosures: list[Enclosure]


def read(raw: bytes) -> Letter:
    """Read a mail; a mangled one is shown as far as it goes."""
    try:
        return _read(message_from_bytes(raw, policy=policy.default))
    except Exception:  # noqa: BLE001, the parser fails in many ways on what strangers send
        text = raw.decode("utf-8", "replace").replace("\x00", "")
        return Letter("", _UNREADABLE, text, "", [])


def _read(mail: EmailMessage) -> Letter:
    enclosures = [_enclosure(part) for part in mail.walk() if _is_enclosed(part)]
    return Letter(
        message_id=_clean(mail.get("Message-ID", "")),
        subject=_clean(mail.get("Subject", "")),
        text=_body(mail, "plain"),
        html=_with_pictures(_body(mail, "html"), enclosures),
        enclosures=enclosures,
    )


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return _clean(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def _is_enclosed(part: EmailMessage) -> bool:
    is_file = part.get_filename() is not None or "Content-ID" in part
    return is_file and not part.is_multipart()


def _enclosure(part: EmailMessage) -> Enclosure:
    content = part.get_payload(decode=True)
    return Enclosure(
        filename=_clean(part.get_filename("")),
        content_type=part.get_content_type(),
        content_id=_clean(part.get("Content-ID", "")).strip("<>"),
        content=content if isinstance(content, bytes) else b"",
    )


def _with_pictures(html: str, enclosures: list[Enclosure]) -> str:
    for enclosure in enclosures:
        if enclosure.content_id and enclosure.content_type.startswith("image/"):
            picture = base64.b64encode(enclosure.content).decode()
            html = html.replace(
                f"cid:{enclosure.content_id}", f"data:{enclosure.content_type};base64,{picture}"
            )
    return html


def _clean(value: object) -> str:
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()
