"""Configuration from the environment, read once, at start."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from kit.dependencies import from_app
from kit.revocations.consumers import LONGEST_TOKEN
from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="IDENTITY_"):
    """The settings of the identity service; every field is a variable `IDENTITY_…`."""

    sms_url: str
    """The address of the SMS gateway, without a slash at the end."""
    access_seconds: int = Field(default=15 * 60, gt=0, le=LONGEST_TOKEN.total_seconds())
    """Seconds that an access token is good for."""
    refresh_days: int = Field(default=30, gt=0)
    """Days that a session lives without being refreshed."""
    staff_session_hours: float = Field(default=12, gt=0)
    """A working day: after so many hours a member of staff signs in again."""
    refresh_grace_seconds: int = Field(default=10, ge=0)
    """Seconds in which a refresh whose answer was lost may be sent again."""
    proof_seconds: int = Field(default=10 * 60, gt=0)
    """Seconds that a phone proof is good for."""
    reset_seconds: int = Field(default=10 * 60, gt=0)
    """Seconds in which a new password may be chosen after the code of a reset (F2.7)."""
    otp_seconds: int = Field(default=5 * 60, gt=0)
    """Seconds that a one-time code is good for."""
    otp_tries: int = Field(default=5, gt=0)
    """Wrong tries of a code from one address (G13)."""
    otp_tries_in_all: int = Field(default=20, gt=0)
    """Wrong tries of a code from all addresses together."""
    otp_resend_seconds: int = Field(default=60, ge=0)
    """Seconds between an SMS and the next that may be asked for."""
    otp_per_hour: int = Field(default=5, gt=0)
    """Codes a phone gets in an hour, whatever they are for."""
    otp_per_day: int = Field(default=10, gt=0)
    """Codes a phone gets in a day, whatever they are for."""
    otp_per_hour_from_here: int = Field(default=60, gt=0)
    """Codes an address sends in an hour to phones of which it has not signed in the owner."""
    otp_limits_off: bool = False
    """Lift the pause between codes and the caps on them; never in production."""
    login_tries: int = Field(default=20, gt=0)
    """Passwords that may be tried in a row for one account from one address within the window."""
    login_tries_by_address: int = Field(default=200, gt=0)
    """Passwords that may be tried from one address for all accounts, or for one account from all
    addresses, within the window, where the account was never used from that address."""
    login_window_seconds: int = Field(default=15 * 60, gt=0)
    """The window of `login_tries`."""

    @property
    def working_day(self) -> timedelta:
        """The time that a member of staff stays signed in."""
        return timedelta(hours=self.staff_session_hours)

    @property
    def resend_pause(self) -> timedelta:
        """The pause between two codes for one phone and purpose."""
        return timedelta(seconds=0 if self.otp_limits_off else self.otp_resend_seconds)


RequestSettings = Annotated[Settings, from_app(Settings)]
