"""The knobs of the hold service."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from hold.locks.domain import Quota, Retries
from hold.partners.domain import ChannelLocks
from hold.terms.domain import Periods, Rest, Terms
from kit.dependencies import from_app
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
    retries_per_number: int = Field(default=3, ge=1)
    """How often a person may lock the same number in a while without paying for it."""
    retries_per_number_of_partner: int = Field(default=20, ge=1)
    """The same for a sales channel, whose customers are many."""
    retries_hours: float = Field(default=24, gt=0)
    """How long that while is."""
    rest_minutes: float = Field(default=30, ge=0)
    """How long an ordinary number rests after a slip ended, so that it is not passed around."""
    rest_minutes_top: float = Field(default=24 * 60, ge=0)
    """The same for the best classes."""
    rest_top_classes: frozenset[str] = frozenset(
        {
            *("LUC_QUY", "NGU_QUY", "TU_QUY", "TAM_HOA_KEP", "SANH_TIEN_6", "TAXI_2", "TAXI_4"),
            *("TAXI_3", "LUC_QUY_GIUA", "SANH_TIEN_5", "SOI_GUONG", "TIEN_DOI"),
        }
    )
    """The best classes: the first twelve of the catalog's list."""
    collection_days: float = Field(default=7, gt=0)
    """An order on receipt: until the courier has the parcel or the store has it ready."""
    delivery_days: float = Field(default=21, gt=0)
    """From the courier's hand to the customer's, if nothing is paid yet."""
    pickup_days: int = Field(default=3, ge=1)
    """How many working days a SIM waits at a store."""
    reminder_hours: float = Field(default=24, gt=0)
    """How long before the end of such a clock the customer is reminded."""
    late_news_minutes: float = Field(default=60, ge=0)
    """How long after the end news of what happened in time may still arrive."""
    locks_per_partner: int = Field(default=200, ge=1)
    """How many numbers a sales channel may have locked without having been paid for them."""
    attempts: int = Field(default=5, ge=1)
    """How often a hold code may be tried with one phone, or by one customer, in a while."""
    attempts_minutes: float = Field(default=10, gt=0)
    """How long that while is."""
    feed_days: float = Field(default=30, gt=0)
    """How long a partner may read an event again."""
    stream_seconds: float = Field(default=600, gt=0)
    """How long a stream of events lasts before the partner connects again."""
    webhooks_per_partner: int = Field(default=10, ge=1)
    """How many addresses a partner may be told at."""
    webhook_seconds: float = Field(default=10, gt=0, le=25)
    """How long a receiver may take; below the deliverer's lease."""
    webhook_first_rest_seconds: float = Field(default=5, gt=0)
    """How long an endpoint rests after its first failure; then twice as long each time."""
    webhook_give_up_days: float = Field(default=5, gt=0)
    """After so long without a success an endpoint is disabled."""
    webhook_overlap_hours: float = Field(default=24, gt=0)
    """How long former keys sign beside the new ones."""
    webhooks_to_private_addresses: bool = False
    """Whether http and addresses of our own network may be called; for the local stack only."""

    @property
    def feed_age(self) -> timedelta:
        """How long events are kept."""
        return timedelta(days=self.feed_days)

    @property
    def webhook_give_up(self) -> timedelta:
        """How long an endpoint may fail."""
        return timedelta(days=self.webhook_give_up_days)

    @property
    def webhook_overlap(self) -> timedelta:
        """How long two pairs of keys are good."""
        return timedelta(hours=self.webhook_overlap_hours)

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
            rest=Rest(
                timedelta(minutes=self.rest_minutes),
                timedelta(minutes=self.rest_minutes_top),
                self.rest_top_classes,
            ),
            periods=Periods(
                collection=timedelta(days=self.collection_days),
                delivery=timedelta(days=self.delivery_days),
                pickup_days=self.pickup_days,
            ),
        )

    @property
    def retries(self) -> Retries:
        """How often a person may have the same number without paying for it."""
        return Retries(self.retries_per_number, timedelta(hours=self.retries_hours))

    @property
    def channel_locks(self) -> ChannelLocks:
        """What a channel may lock."""
        within = timedelta(hours=self.retries_hours)
        retries = Retries(self.retries_per_number_of_partner, within)
        return ChannelLocks(self.lock, self.locks_per_partner, retries)

    @property
    def reminder(self) -> timedelta:
        """How long before the end of a clock the customer is reminded."""
        return timedelta(hours=self.reminder_hours)

    @property
    def late_news(self) -> timedelta:
        """How long news of what happened in time is waited for."""
        return timedelta(minutes=self.late_news_minutes)

    @property
    def quota(self) -> Quota:
        """How many numbers one person may keep."""
        return Quota(self.holds_per_person, self.top_holds_per_person, self.top_classes)


RequestSettings = Annotated[Settings, from_app(Settings)]
