"""The settings of the activation service."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, SecretStr

from kit.activation_channels import ActivationSettings
from kit.dependencies import from_app


class Settings(ActivationSettings, env_prefix="ACTIVATION_"):
    """Every field is an environment variable: `deadline` is `ACTIVATION_DEADLINE`."""

    msale_url: str = "http://127.0.0.1:18080/msale"
    """The address at which mSale's API begins."""
    msale_secret: SecretStr = SecretStr("")
    """The secret by which mSale and the eSIM download server sign their calls to us."""
    msale_timeout_seconds: float = Field(default=10, gt=0)
    """The longest time, in seconds, that one request to mSale may take."""
    deadline: timedelta = timedelta(days=30)
    """The time a customer who has received the SIM, or paid for an eSIM, has to activate (G39)."""
    remind_before: timedelta = timedelta(days=3)
    """The time before the deadline at which the customer is reminded of it."""
    claim_lasts: timedelta = timedelta(minutes=30)
    """The time a dossier stays on the desk of an officer who does nothing about it."""
    esim_reissues: int = Field(default=3, ge=0)
    """The number of new codes a customer gets for one eSIM before a store has to help."""


RequestSettings = Annotated[Settings, from_app(Settings)]
