"""Configuration of the shipping service."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, HttpUrl, SecretStr

from kit.dependencies import from_app
from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="SHIPPING_"):
    """Every field is an environment variable: `poll_after` is `SHIPPING_POLL_AFTER`."""

    ghn_url: HttpUrl
    """The address of GHN's API, without `/shiip/...`."""
    ghn_token: SecretStr
    """Our token at GHN (header `Token`)."""
    ghn_shop_id: int = Field(ge=1)
    """Our shop at GHN (header `ShopId`)."""
    ghn_most_cod_vnd: int = Field(default=50_000_000, ge=0)
    """The most that GHN collects for one parcel, in đồng (its documents: `cod_amount`)."""
    ghn_timeout_seconds: float = Field(default=8, gt=0)
    """The timeout of one call to GHN."""
    sender_name: str = "Chọn Số"
    """The sender of parcels, as the courier reads it."""
    sender_phone: str = "0931000000"
    """The phone that the courier calls when he comes to collect."""
    webhook_secret: SecretStr
    """Last part of the address carriers send their news to."""
    choice_ttl: timedelta = timedelta(minutes=30)
    """The life of a signed delivery choice."""
    poll_after: timedelta = timedelta(hours=6)
    """A parcel without news for so long is asked about (G22)."""
    poll_every: timedelta = timedelta(minutes=15)
    """The time between two questions about a parcel without news."""


RequestSettings = Annotated[Settings, from_app(Settings)]
