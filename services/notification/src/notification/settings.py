"""The settings of the notification service."""

from datetime import timedelta
from typing import Literal

from pydantic import Field, SecretStr

from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="NOTIFICATION_"):
    """Every field is an environment variable: `sms_url` is `NOTIFICATION_SMS_URL`."""

    sms_url: str
    """The address of the SMS gateway, without a slash at the end."""
    smtp_host: str
    """The mail server that takes our e-mail."""
    smtp_port: int = Field(default=25, gt=0)
    """The port of the mail server."""
    smtp_security: Literal["NONE", "STARTTLS", "TLS"] = "NONE"
    """The encryption of the way to the mail server."""
    smtp_username: str | None = None
    """Our name at the mail server, if it asks."""
    smtp_password: SecretStr | None = None
    """The password for `smtp_username`."""
    mail_from: str = "Chọn Số <khong-tra-loi@chonso.vn>"
    """The sender people see."""
    mail_domain: str = "chonso.vn"
    """The right-hand side of our Message-IDs."""
    attempts: int = Field(default=12, gt=0)
    """The fewest attempts before a message is given up."""
    wait_for_contact_hours: int = Field(default=24, gt=0)
    """The time a message waits for an address that is not known yet, or for its gateway."""

    @property
    def waiting_time(self) -> timedelta:
        """The time a message waits for an address."""
        return timedelta(hours=self.wait_for_contact_hours)

    def tries_again(self, attempts: int, *, age: timedelta, outage: bool) -> bool:
        """Wait for an outage while the message is of use; give other trouble up sooner."""
        return attempts < self.attempts or (outage and age < self.waiting_time)
