"""The settings of the hold service."""

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
    """A lock: the time to fill in the form, or for a channel to take the money."""
    lock_extension_minutes: float = Field(default=5, gt=0)
    """The extension of a lock that can be asked for, once."""
    payment_minutes: float = Field(default=15, gt=0)
    """The time to pay: so long an unpaid slip keeps its number."""
    grace_minutes: float = Field(default=5, ge=0)
    """The grace after it, in which the gateway's word about a payment made in time can arrive."""
    holds_per_person: int = Field(default=3, ge=1)
    """The most live holds of one person."""
    top_holds_per_person: int = Field(default=1, ge=1)
    """The most of them that may be of the rarest classes."""
    top_classes: frozenset[str] = frozenset(
        {"LUC_QUY", "NGU_QUY", "TU_QUY", "TAM_HOA_KEP", "SANH_TIEN_6"}
    )
    """The rarest classes."""
    retries_per_number: int = Field(default=3, ge=1)
    """The most locks of the same number by one person in `retries_hours` without paying for it."""
    retries_per_number_of_partner: int = Field(default=20, ge=1)
    """The same for a sales channel, whose customers are many."""
    retries_hours: float = Field(default=24, gt=0)
    """The length of the window in which such locks are counted."""
    rest_minutes: float = Field(default=30, ge=0)
    """The rest of an ordinary number after a slip ended, so that it is not passed around."""
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
    """The working days that a SIM waits at a store."""
    reminder_hours: float = Field(default=24, gt=0)
    """The time before the end of such a clock at which the customer is reminded."""
    late_news_minutes: float = Field(default=60, ge=0)
    """The time after the end in which news of what happened in time may still arrive."""
    locks_per_partner: int = Field(default=200, ge=1)
    """The most numbers that a sales channel may have locked without having been paid for them."""
    attempts: int = Field(default=5, ge=1)
    """The most attempts with hold codes by one phone, or one customer, in `attempts_minutes`."""
    attempts_minutes: float = Field(default=10, gt=0)
    """The length of the window in which attempts are counted."""
    feed_days: float = Field(default=30, gt=0)
    """The age up to which a partner may read an event again."""
    stream_seconds: float = Field(default=600, gt=0)
    """The length of a stream of events, after which the partner connects again."""
    webhooks_per_partner: int = Field(default=10, ge=1)
    """The most webhooks of one partner."""
    webhook_seconds: float = Field(default=10, gt=0, le=25)
    """The time a receiver may take to answer; below the deliverer's lease."""
    webhook_first_rest_seconds: float = Field(default=5, gt=0)
    """The rest of an endpoint after its first failure; then twice as long each time."""
    webhook_give_up_days: float = Field(default=5, gt=0)
    """After so long without a success an endpoint is disabled."""
    webhook_overlap_hours: float = Field(default=24, gt=0)
    """The time in which former keys sign beside the new ones."""
    webhooks_to_private_addresses: bool = False
    """Permission to call http and addresses of our own network; for the local stack only."""

    @property
    def lock(self) -> timedelta:
        """The length of a lock."""
        return timedelta(minutes=self.lock_minutes)

    @property
    def attempts_window(self) -> timedelta:
        """The window in which attempts are counted."""
        return timedelta(minutes=self.attempts_minutes)

    @property
    def terms(self) -> Terms:
        """The terms of a slip that is issued today."""
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
        """The limit on one person's locks of the same number."""
        return Retries(self.retries_per_number, timedelta(hours=self.retries_hours))

    @property
    def channel_locks(self) -> ChannelLocks:
        """The limits of a sales channel's locks."""
        within = timedelta(hours=self.retries_hours)
        retries = Retries(self.retries_per_number_of_partner, within)
        return ChannelLocks(self.lock, self.locks_per_partner, retries)

    @property
    def quota(self) -> Quota:
        """The limit on one person's live holds."""
        return Quota(self.holds_per_person, self.top_holds_per_person, self.top_classes)


RequestSettings = Annotated[Settings, from_app(Settings)]
