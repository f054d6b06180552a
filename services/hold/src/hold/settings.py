"""The knobs of the hold service."""

from datetime import timedelta

from pydantic import Field

from hold.rules.domain import Quota, Terms
from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="HOLD_"):
    """Every field is an environment variable: `lock_minutes` is `HOLD_LOCK_MINUTES`."""

    lock_minutes: float = Field(default=10, gt=0)
    """How long a number is locked while the form is filled in."""
    lock_extension_minutes: float = Field(default=5, gt=0)
    """How much more time for the form can be asked for, once."""
    payment_minutes: float = Field(default=15, gt=0)
    """How long an unpaid slip keeps its number."""
    grace_minutes: float = Field(default=5, ge=0)
    """How much longer, so that the gateway's word about a payment made in time can arrive."""
    holds_per_person: int = Field(default=3, ge=1)
    """How many live holds one person may have."""
    top_holds_per_person: int = Field(default=1, ge=1)
    """How many of them may be of the rarest classes."""
    top_classes: frozenset[str] = frozenset(
        {"LUC_QUY", "NGU_QUY", "TU_QUY", "TAM_HOA_KEP", "SANH_TIEN_6"}
    )
    """The rarest classes."""
    locks_per_partner: int = Field(default=200, ge=1)
    """How many numbers a sales channel may have locked without having been paid for them."""
    attempts: int = Field(default=5, ge=1)
    """How often a hold code may be tried with one phone, or by one customer, in a while."""
    attempts_minutes: float = Field(default=10, gt=0)
    """How long that while is."""

    @property
    def lock(self) -> timedelta:
        """How long a number is locked."""
        return timedelta(minutes=self.lock_minutes)

    @property
    def lock_extension(self) -> timedelta:
        """How much more time can be asked for."""
        return timedelta(minutes=self.lock_extension_minutes)

    @property
    def attempts_window(self) -> timedelta:
        """How long a try is remembered."""
        return timedelta(minutes=self.attempts_minutes)

    @property
    def terms(self) -> Terms:
        """How long a slip issued today is good for."""
        return Terms(
            payment_window=timedelta(minutes=self.payment_minutes),
            grace=timedelta(minutes=self.grace_minutes),
        )

    @property
    def quota(self) -> Quota:
        """How many numbers one person may keep."""
        return Quota(self.holds_per_person, self.top_holds_per_person, self.top_classes)
