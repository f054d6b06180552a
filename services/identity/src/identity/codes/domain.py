"""One-time codes: their purposes, tries and limits, and the words of their SMS."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from events.ids import uuid7
from kit.errors import Refused, TooManyRequests
from values.digits import Otp

DIGITS: Final = 6


class Purpose(StrEnum):
    """The purposes of codes; a code is good for one of them."""

    REGISTER = "REGISTER"
    RESET = "RESET"
    CLAIM = "CLAIM"
    SIGN = "SIGN"
    LOOKUP = "LOOKUP"


class Message(StrEnum):
    """The message that a phone gets. The caller cannot see which of these was sent."""

    CODE = "CODE"
    ACCOUNT_EXISTS = "ACCOUNT_EXISTS"
    NOTHING = "NOTHING"


class EnterCode(BaseModel):
    """The code from the SMS (F1.9, F2.4)."""

    code: Otp


@dataclass(frozen=True)
class Origin:
    """The party that asks for a code: the phone's owner, signed in, or anyone at an address."""

    fingerprint: str
    is_owner: bool = False


@dataclass(eq=False)
class OtpWrong(Refused):
    """The code is wrong: look at the SMS again.

    F1.11, F2.6.
    """

    tries_left: int


@dataclass(eq=False)
class OtpExpired(Refused):
    """The code has expired or was used up: ask for a new one.

    F1.11, F2.6.
    """

    tries_left: int


@dataclass(eq=False)
class ResendTooSoon(TooManyRequests):
    """An SMS is on its way: wait a little before asking for another."""

    retry_after_seconds: int


@dataclass(eq=False)
class TooManyCodes(TooManyRequests):
    """This phone was sent many codes: wait before asking for another."""

    retry_after_seconds: int


@dataclass(eq=False)
class TooManyCodesFromHere(TooManyRequests):
    """Codes were sent to many phones from here: wait before asking for another."""

    retry_after_seconds: int


@dataclass(kw_only=True, eq=False)
class Code:
    """A code for one phone and one purpose. Only the newest of these counts."""

    id: UUID = field(default_factory=uuid7)
    phone_index: str
    purpose: Purpose
    message: Message
    digest: str
    """Keyed fingerprint of the digits; of nothing that can be entered if none were sent."""
    sealed: bytes | None
    """Phone and digits for the SMS, until it has left."""
    tries_left: int
    """Wrong tries left to all origins together; each has fewer."""
    wrong_tries: dict[str, int] = field(default_factory=dict)
    """Wrong tries by origin (keyed fingerprint): a guesser uses up no other's tries."""
    origin: str | None = None
    """Keyed fingerprint of the origin that asked for this code."""
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def check(
        self, digest: str, origin: Origin, *, tries: int, now: datetime
    ) -> OtpWrong | OtpExpired | None:
        """Use one try (F1.10, F2.5). The answer is the error to show; none if it is right."""
        wrong = self.wrong_tries.get(origin.fingerprint, 0)
        left = max(0, min(tries - wrong, self.tries_left))
        if self.used_at or now >= self.expires_at or not left:
            return OtpExpired(0 if self.used_at else left)
        if not hmac.compare_digest(self.digest, digest):
            self.wrong_tries = self.wrong_tries | {origin.fingerprint: wrong + 1}
            self.tries_left -= 1
            return OtpWrong(left - 1)
        self.used_at, self.sealed = now, None
        return None

    def rests(self, pause: timedelta, *, now: datetime) -> int:
        """Return for how many seconds no other code is sent; a used code needs no rest."""
        if self.used_at:
            return 0
        return max(0, int((self.created_at + pause - now).total_seconds() + 0.999))

    def is_worth_sending(self, *, now: datetime) -> bool:
        """Tell whether an SMS with this code would still come in time."""
        return self.sealed is not None and self.used_at is None and now < self.expires_at


def new_digits() -> str:
    """Make up a code."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


# Without accents: an SMS then has 160 letters instead of 70, and every old phone can show it.
USES: Final = {
    Purpose.REGISTER: "dang ky tai khoan",
    Purpose.RESET: "dat lai mat khau",
    Purpose.CLAIM: "nhan phieu giu so",
    Purpose.SIGN: "ky ho so thue bao",
    Purpose.LOOKUP: "tra cuu phieu giu so",
}


def sms_text(message: Message, purpose: Purpose, digits: str, *, minutes: int) -> str:
    """Word the SMS."""
    if message is Message.ACCOUNT_EXISTS:
        return (
            "Chon So: so dien thoai nay da co tai khoan. Quy khach hay dang nhap, hoac chon"
            " Quen mat khau. Neu khong phai quy khach yeu cau, xin bo qua tin nhan nay."
        )
    return (
        f"Ma xac thuc Chon So cua quy khach la {digits}, hieu luc {minutes} phut, dung de"
        f" {USES[purpose]}. Khong dua ma nay cho bat ky ai."
    )
