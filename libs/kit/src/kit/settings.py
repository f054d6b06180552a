"""Configuration from the environment, read once, at start."""

from pathlib import Path
from typing import Final

from pydantic import Field, PostgresDsn
from pydantic_settings import BaseSettings, SettingsConfigDict

from events.transport import RelayPlace

SECRETS: Final = Path("/run/secrets")
"""Where a container finds what must not be in its environment: a file for each such variable."""


def secrets_folder() -> Path | None:
    """Return where secrets lie, if this process was given any; the environment goes first."""
    return SECRETS if SECRETS.is_dir() else None


class ServiceSettings(BaseSettings):
    """Settings of every service. A missing variable stops the process before it listens."""

    model_config = SettingsConfigDict(
        frozen=True,
        use_attribute_docstrings=True,
        env_nested_delimiter="__",
        secrets_dir=secrets_folder(),
    )

    database_url: PostgresDsn
    """The service's own database."""
    keys_dir: Path
    """Where keys lie: `jwks/<issuer>.json`, `<service>.pem` if it signs, `<service>.seal`."""
    kafka_servers: str = "localhost:9092"
    """Comma-separated bootstrap servers."""
    kafka_tls_dir: Path | None = None
    """Where `ca.crt`, `user.crt` and `user.key` lie, if the brokers ask for a certificate."""
    relay: RelayPlace = "inside"
    """Whether the process sends its events itself, or `python -m events relay` does."""
    keep_event_log: bool = False
    """Whether what was sent is kept for 30 days, for a replay."""
    public_url: str = "http://127.0.0.1:8080"
    """Where people and partners reach the gateway, without a slash at the end."""
    clock_file: Path | None = None
    """A file of seconds that moves the clock; never set in production."""
    otlp_endpoint: str | None = None
    """Where spans and numbers go (OTLP over HTTP); nowhere if unset."""
    trace_ratio: float = Field(default=1.0, ge=0, le=1)
    """Which part of the requests that nobody traces yet begin a trace that is kept."""
    pool_size: int = Field(default=8, ge=2)
    """Database connections a process keeps; it may open half as many again for a moment."""
