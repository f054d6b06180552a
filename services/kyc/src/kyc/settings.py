"""The settings of the kyc service."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from kit.activation_channels import ActivationSettings
from kit.dependencies import from_app


class Settings(ActivationSettings, env_prefix="KYC_"):
    """Every field is an environment variable: `ekyc_url` is `KYC_EKYC_URL`."""

    ekyc_url: str
    """The address of mobi eKYC; `/v1/verifications` follows."""
    ekyc_api_key: SecretStr
    """The key by which mobi eKYC knows us."""
    ekyc_timeout_seconds: float = Field(default=15, gt=0)
    """Seconds that one question to mobi eKYC may take."""
    video_call_policy: Literal["ALWAYS", "LEGAL_MINIMUM"] = "ALWAYS"
    """The customers who have to make the video call: all, or those the law names (LAW06)."""
    minimum_age: int = Field(default=15, ge=6)
    """Younger customers are served at a store (LAW13)."""
    online_numbers: int = Field(default=3, ge=1)
    """The most numbers that one document may register online (LAW02)."""
    failures_in_a_row: int = Field(default=3, ge=1)
    """After so many an officer looks at the case."""
    failures_a_day: int = Field(default=5, ge=1)
    """After so many within 24 hours only a store can help."""
    captured_within: timedelta = timedelta(hours=24)
    """The age a picture may have when it arrives (LAW14)."""
    fresh_for: timedelta = timedelta(hours=72)
    """The time a passed check is good for the call; then the portrait is taken again."""
    claim_lasts: timedelta = timedelta(minutes=30)
    """The time a claimed case stays on a reviewer's desk."""
    declaration_ttl: timedelta = timedelta(hours=2)
    """The time a signed declaration is good."""


RequestSettings = Annotated[Settings, from_app(Settings)]
