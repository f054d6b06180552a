"""The settings of the catalog service."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from kit.dependencies import from_app
from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="CATALOG_"):
    """Every field is an environment variable: `seed_count` is `CATALOG_SEED_COUNT`."""

    offer_minutes: int = Field(default=15, ge=1)
    """The life of an offer: of the price that a customer sees."""
    seed_count: int = Field(default=100_000, ge=0)
    """The size of the demonstration stock, in numbers."""

    @property
    def offer_ttl(self) -> timedelta:
        """The life of an offer."""
        return timedelta(minutes=self.offer_minutes)


RequestSettings = Annotated[Settings, from_app(Settings)]
