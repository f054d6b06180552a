"""A service as a process in a container: its secrets, and whether it is ready."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kit import data, healthcheck
from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="LOYALTY_"):
    """Those of a service."""


@contextmanager
def answering(line: bytes) -> Iterator[int]:
    """Listen, and give the one who asks this answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            caller, _ = server.accept()
            with caller:
                asked = caller.recv(1024)
                caller.sendall(line if asked.startswith(b"GET /readyz ") else b"HTTP/1.1 404 \r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("line", "ready"),
    [(b"HTTP/1.1 200 OK\r\n\r\n", True), (b"HTTP/1.1 503 Not yet\r\n\r\n", False)],
)
def test_a_container_is_as_ready_as_its_service(line: bytes, *, ready: bool) -> None:
    with answering(line) as port:
        assert healthcheck.is_ready(port) is ready


def test_a_container_in_which_nobody_listens_is_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert not healthcheck.is_ready(port)


def test_a_secret_comes_as_a_file_unless_the_environment_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loyalty_database_url").write_text("postgresql+psycopg://loyalty:pw@file/loyalty\n")
    monkeypatch.setenv("LOYALTY_KEYS_DIR", str(tmp_path))
    monkeypatch.setitem(Settings.model_config, "secrets_dir", tmp_path)
    monkeypatch.setattr(data, "SECRETS", tmp_path)

    from_file = Settings.model_validate({})
    told = data.database_url("loyalty")
    monkeypatch.setenv("LOYALTY_DATABASE_URL", "postgresql+psycopg://loyalty@environment/loyalty")

    assert str(from_file.database_url) == told == "postgresql+psycopg://loyalty:pw@file/loyalty"
    assert "@environment" in str(Settings.model_validate({}).database_url)
    assert "@environment" in data.database_url("loyalty")
