"""TLS for clients of Kafka: the certificates of this process, where brokers ask for them."""

from pathlib import Path
from typing import Any

from aiokafka.helpers import create_ssl_context

_folder: Path | None = None


def follow(folder: Path | None) -> None:
    """Take this process's certificates from a folder; without one, brokers are not asked."""
    global _folder  # noqa: PLW0603 # one service is one process, and has one identity
    _folder = folder


def options() -> dict[str, Any]:
    """Return the connection options of every Kafka client.

    The files are read again for each client: they are renewed while the process runs, and one whose
    certificate is too old loses its connection and is replaced.
    """
    if _folder is None:
        return {}
    context = create_ssl_context(
        cafile=str(_folder / "ca.crt"),
        certfile=str(_folder / "user.crt"),
        keyfile=str(_folder / "user.key"),
    )
    return {"security_protocol": "SSL", "ssl_context": context}
