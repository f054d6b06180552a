"""Words for people, and the two ways out: the SMS gateway and the mail server."""

import json
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import httpx
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    select_autoescape,
)

from kit.clock import VIETNAM
from kit.tasks import OutsideAway, Tasks, error_of
from notification.messages.domain import (
    Channel,
    Contact,
    Delivery,
    Facts,
    Letter,
    Locale,
    Message,
    Undeliverable,
)
from notification.settings import Settings
from values.phones import in_groups

FOLDER: Final = Path(__file__).parent.parent / "templates"
TIMEOUT_SECONDS: Final = 10.0
PERMANENT: Final = range(500, 600)
"""SMTP: 5xx means that a repeat will not help (RFC 5321, 4.2.1)."""
NUMBER_IS_WRONG: Final = {400, 404, 422}
ERRANDS: Final[dict[Channel, str]] = {"SMS": "deliver_sms", "EMAIL": "deliver_email"}
"""A kind of errand for each way out: a mail server that hangs keeps no SMS waiting."""

errands = Tasks()
"""What this service asks of the outside world: one copy of one message at a time."""


class Gateway(Protocol):
    """A way out."""

    async def send(self, letter: Letter) -> None:
        """Hand a letter over; raise Undeliverable if trying again would not help."""


class SmsGateway:
    """Sends text messages; the same key twice is the same message."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(
            base_url=url, timeout=TIMEOUT_SECONDS, transport=transport, trust_env=False
        )

    async def send(self, letter: Letter) -> None:
        """Hand one message over, in letters that every phone and every gateway knows."""
        message = {
            "to": letter.to,
            "text": sms_text(letter),
            "purpose": letter.template.upper(),
        }
        key = {"Idempotency-Key": str(letter.delivery_id)}
        try:
            answer = await self._http.post("/v1/messages", json=message, headers=key)
        except httpx.HTTPError as error:
            raise OutsideAway(type(error).__name__) from None
        if answer.status_code in NUMBER_IS_WRONG:
            raise Undeliverable("NUMBER_REFUSED")
        if not answer.is_success:
            raise error_of(answer.status_code)


class MailGateway:
    """Sends e-mail. A repeat carries the same Message-ID, by which mailboxes can tell it apart."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, letter: Letter) -> None:
        """Hand one e-mail to the mail server."""
        mail, client = self._mail(letter), self._client()
        try:
            await client.connect()
            await client.send_message(mail)
        except SMTPException as error:
            raise _meaning_of(error) from None
        finally:
            # Once the server has the mail, a bad good-bye must not make us send it again.
            with suppress(SMTPException, OSError):
                await client.quit()
            client.close()

    def _client(self) -> SMTP:
        settings = self._settings
        password = settings.smtp_password
        return SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            timeout=TIMEOUT_SECONDS,
            use_tls=settings.smtp_security == "TLS",
            start_tls=settings.smtp_security == "STARTTLS",
            username=settings.smtp_username,
            password=password.get_secret_value() if password else None,
        )

    def _mail(self, letter: Letter) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"] = self._settings.mail_from, letter.to
        mail["Subject"] = letter.title
        mail["Date"] = format_datetime(letter.written_at.astimezone(VIETNAM))
        mail["Message-ID"] = f"<{letter.message_id}@{self._settings.mail_domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        link = f"\n\n{letter.link}" if letter.link else ""
        mail.set_content(f"{letter.body}{link}\n")
        mail.add_alternative(letter.html, subtype="html")
        # Last: making parts moves every Content- header into the first of them.
        mail["Content-Language"] = letter.locale
        return mail


def _meaning_of(error: SMTPException) -> Exception:
    """Say whether a repeat would help; the server's words may repeat the address."""
    if isinstance(error, SMTPRecipientsRefused):
        if all(one.code in PERMANENT for one in error.recipients):
            return Undeliverable("ADDRESS_REFUSED")
    elif isinstance(error, SMTPAuthenticationError | SMTPSenderRefused):
        return OutsideAway(f"SMTP_{error.code}")  # ours: mended, the mail goes out
    elif isinstance(error, SMTPResponseException) and error.code in PERMANENT:
        return Undeliverable("MAIL_REFUSED")
    return OutsideAway(type(error).__name__)


def sms_text(letter: Letter) -> str:
    """Put a message into an SMS: one line without accents, 160 letters to a part instead of 70."""
    return f"Chon So: {without_accents(' '.join(letter.body.split()))}"


def without_accents(text: str) -> str:
    """Spell Vietnamese in ASCII."""
    plain = text.replace("đ", "d").replace("Đ", "D").replace("₫", "d")
    letters = unicodedata.normalize("NFD", plain)
    return "".join(c for c in letters if not unicodedata.combining(c))


def money(amount_vnd: int) -> str:
    """Write an amount: 1.234.000 ₫."""
    return f"{amount_vnd:,}".replace(",", ".") + " ₫"


def moment(when: str) -> str:
    """Write a moment by the clock of Vietnam: 14:05 ngày 02/11/2026 without the word."""
    return datetime.fromisoformat(when).astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def compose(template: str, locale: Locale, facts: Facts) -> tuple[str, str]:
    """Put facts into words: a title and a text."""
    msisdn = facts.get("msisdn")
    named = facts | {"number": in_groups(msisdn) if msisdn else None}
    text = _words(locale).get_template(f"{template}.txt").render(named)
    title, _, body = text.partition("\n")
    return title.strip(), body.strip()


def _html(template: str, locale: Locale, facts: Facts, title: str, body: str) -> str:
    words = _words(locale)
    try:
        page = words.get_template(f"{template}.html")
    except TemplateNotFound:
        page = words.get_template("mail.html")
    return page.render(facts | {"title": title, "paragraphs": body.split("\n\n")})


def write(message: Message, delivery: Delivery, contact: Contact, to: str, url: str) -> Letter:
    """Write a message to somebody, in their language."""
    facts = message.told(url)
    title, body = compose(message.template, contact.locale, facts)
    return Letter(
        message_id=message.id,
        delivery_id=delivery.id,
        template=message.template,
        to=to,
        title=title,
        body=body,
        link=facts["link"],
        html=_html(message.template, contact.locale, facts, title, body),
        written_at=message.created_at,
        locale=contact.locale,
    )


@cache
def _words(locale: Locale) -> Environment:
    words = Environment(
        loader=FileSystemLoader([FOLDER / locale, FOLDER]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words.filters |= {"money": money, "phone": in_groups, "moment": moment}
    words.globals |= {
        "reason": _dictionary(locale, "reasons"),
        "step": _dictionary(locale, "steps"),
    }
    return words


def _dictionary(locale: Locale, name: str) -> Callable[[str], str]:
    entries: dict[str, Any] = json.loads((FOLDER / locale / f"{name}.json").read_text())

    def look_up(code: str) -> str:
        # DOC_INCONSISTENT:full_name is worded like DOC_INCONSISTENT.
        entry = entries.get(code) or entries.get(code.partition(":")[0])
        return str(entry or entries["*"])

    return look_up
