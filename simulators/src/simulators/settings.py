"""Configuration from the environment: the secrets shared with us and where to call back."""

from pathlib import Path

from pydantic import Field, PostgresDsn, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from kit.settings import secrets_folder


class Settings(BaseSettings):
    """The environment of the simulators; every field is `SIMULATORS_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix="SIMULATORS_",
        frozen=True,
        use_attribute_docstrings=True,
        secrets_dir=secrets_folder(),
    )

    database_url: PostgresDsn
    """The simulators' own database; its tables are made at start."""
    public_url: str = "http://127.0.0.1:8080/sim"
    """Under which address people see the pages."""

    gateway_url: str | None = None
    """The suite's gateway, for staff on autopilot; without one there is no autopilot."""
    staff_password: SecretStr = SecretStr("chonso-demo")
    """The password of the local system's staff."""

    vnpay_tmn_code: str = "CHONSO01"
    """The merchant's terminal code at VNPay."""
    vnpay_secret: SecretStr
    """Signs pay addresses, returns, IPN, queries and refunds (HMAC-SHA512)."""
    vnpay_ipn_url: str | None = None
    """The merchant's address for the result of a payment (IPN); none is sent if unset."""

    carrier_token: SecretStr | None = None
    """The expected `Token` header; any word will do if unset."""
    carrier_webhook_url: str | None = None
    """The shop's address for every new status; its last path segment is the shop's secret."""

    msale_secret: SecretStr
    """Signs mSale's callbacks and the SM-DP+'s notifications (HMAC-SHA256)."""
    msale_callback_url: str | None = None
    """The address for the result of a connection."""
    smdp_notification_url: str | None = None
    """The address for the installation of an eSIM profile."""
    smdp_address: str = "smdp.chonso.test"
    """The SM-DP+ that activation codes name."""

    ekyc_api_key: SecretStr | None = None
    """The expected `X-Api-Key` header; any or none will do if unset."""

    smtp_host: str = "127.0.0.1"
    """The address on which the SMTP server listens."""
    smtp_port: int | None = Field(default=1025, ge=0, le=65535)
    """The port of the SMTP server; 0 takes a free one, null starts no server."""

    clock_file: Path | None = None
    """A file of seconds that moves the clock of the simulators."""
    pool_size: int = Field(default=8, ge=2)
    """Database connections the process keeps."""


def revealed(secret: SecretStr | None) -> str | None:
    """Return the word behind a secret that may be unset."""
    return secret.get_secret_value() if secret else None
