"""The knobs of the catalog service."""

from datetime import timedelta

from pydantic import Field

from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="CATALOG_"):
    """Every field is an environment variable: `seed_count` is `CATALOG_SEED_COUNT`."""

    offer_minutes: int = Field(default=15, ge=1)
    """How long the price a customer sees is good for."""
    quarantine_minutes: int = Field(default=30, ge=0)
    """How long an ordinary number rests after a hold ended, so that it is not passed around."""
    quarantine_minutes_top: int = Field(default=24 * 60, ge=0)
    """The same for the twelve best classes."""
    seed_count: int = Field(default=100_000, ge=0)
    """How many numbers the demonstration stock has."""

    @property
    def offer_ttl(self) -> timedelta:
        """How long an offer is good for."""
        return timedelta(minutes=self.offer_minutes)

    @property
    def quarantine(self) -> timedelta:
        """How long an ordinary number rests."""
        return timedelta(minutes=self.quarantine_minutes)

    @property
    def quarantine_top(self) -> timedelta:
        """How long one of the best numbers rests."""
        return timedelta(minutes=self.quarantine_minutes_top)
