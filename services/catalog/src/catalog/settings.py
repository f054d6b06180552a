"""The knobs of the catalog service."""

from datetime import timedelta

from pydantic import Field

from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="CATALOG_"):
    """Every field is an environment variable: `seed_count` is `CATALOG_SEED_COUNT`."""

    offer_minutes: int = Field(default=15, ge=1)
    """How long the price a customer sees is good for."""
    seed_count: int = Field(default=100_000, ge=0)
    """How many numbers the demonstration stock has."""

    @property
    def offer_ttl(self) -> timedelta:
        """How long an offer is good for."""
        return timedelta(minutes=self.offer_minutes)
