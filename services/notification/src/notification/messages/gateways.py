"""The two ways out: the SMS gateway and the mail server."""

from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final, Protocol

import httpx
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from kit.clock import VIETNAM
from kit.tasks import OutsideAway, Tasks, error_of
from notification.contacts.domain import Channel
from notification.messages.domain import Letter, Undeliverable
from notification.settings import Settings
from notification.texts.domain import without_accents

TIMEOUT_SECONDS: Final = 10.0
PERMANENT: Final = range(500, 600)
"""SMTP: 5xx means that a repeat will not help (RFC 5321, 4.2.1)."""
NUMBER_IS_WRONG: Final = {400, 404, 422}
KINDS: Final[dict[Channel, str]] = {"SMS": "deliver_sms", "EMAIL": "deliver_email"}
"""A kind of task for each way out: a mail server that hangs keeps no SMS waiting."""

tasks = Tasks()
"""Copies of messages to be handed to a gateway, each a task."""


class Gateway(Protocol):
    """A way out to people: by SMS or by e-mail."""

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
        if all(refusal.code in PERMANENT for refusal in error.recipients):
            return Undeliverable("ADDRESS_REFUSED")
    elif isinstance(error, SMTPAuthenticationError | SMTPSenderRefused):
        return OutsideAway(f"SMTP_{error.code}")  # ours: mended, the mail goes out
    elif isinstance(error, SMTPResponseException) and error.code in PERMANENT:
        return Undeliverable("MAIL_REFUSED")
    return OutsideAway(type(error).__name__)


def sms_text(letter: Letter) -> str:
    """Put a message into an SMS: one line without accents, 160 letters to a part instead of 70."""
    link = f" {letter.link}" if letter.link else ""
    return f"Chon So: {without_accents(' '.join(letter.body.split()))}{link}"
