"""Configuration of the shipping service."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, HttpUrl, SecretStr

from kit.dependencies import from_app
from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="SHIPPING_"):
    """Every field is an environment variable: `poll_after` is `SHIPPING_POLL_AFTER`."""

    ghn_url: HttpUrl
    """Where GHN's API is, without `/shiip/...`."""
    ghn_token: SecretStr
    """What we show GHN (header `Token`)."""
    ghn_shop_id: int = Field(ge=1)
    """Which of GHN's shops we are (header `ShopId`)."""
    ghn_most_cod_vnd: int = Field(default=50_000_000, ge=0)
    """What GHN collects at most for one parcel (its documents: `cod_amount`)."""
    ghn_timeout_seconds: float = Field(default=8, gt=0)
    """How long one call to GHN may take."""
    sender_name: str = "Chọn Số"
    """Who sends the parcels, as the courier reads it."""
    sender_phone: str = "0931000000"
    """Whom the courier calls when he comes to collect."""
    webhook_secret: SecretStr
    """Last part of the address carriers send their news to."""
    choice_ttl: timedelta = timedelta(minutes=30)
    """How long a signed delivery choice may be shown to the order service."""
    poll_after: timedelta = timedelta(hours=6)
    """A parcel without news for so long is asked about (G22)."""
    poll_every: timedelta = timedelta(minutes=15)
    """How often it is asked about until there is news."""


RequestSettings = Annotated[Settings, from_app(Settings)]
