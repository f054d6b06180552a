"""A small stack that really runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from kit.tokens import Signer
from stack.orphans import is_running

HERE = Path(__file__).parent


class TinyStack:
    def __init__(self, home: Path, kafka: str = "") -> None:
        self.home = home
        own = {"CHONSO_STATE": str(home), "PYTHONPATH": str(HERE), "KAFKA_BOOTSTRAP": kafka}
        self.environment = {**os.environ, **own}

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(HERE / "tiny.py"), *arguments]
        return subprocess.run(  # noqa: S603 # our own words
            command, env=self.environment, check=False, text=True, capture_output=True, timeout=90
        )

    def must(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def status(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self.must("status", "--json"))
        return report

    def process(self, name: str) -> dict[str, Any]:
        return next(line for line in self.status()["processes"] if line["name"] == name)

    def pids(self) -> list[int]:
        report = self.status()
        pids = [report["supervisor"], *(line["pid"] for line in report["processes"])]
        return [*pids, *(child.pid for pid in pids for child in psutil.Process(pid).children())]

    def token(self, subject: str = "someone", audience: str = "chonso") -> dict[str, str]:
        signer = Signer(self.home / "keys", "identity")
        token = signer.sign(audience, {"sub": subject}, ttl=timedelta(minutes=5))
        return {"authorization": f"Bearer {token}"}

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.status()["gateway"], headers=self.token())


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TinyStack]:
    """Run a stack of two stand-in services, one of them twice."""
    stack = TinyStack(tmp_path_factory.mktemp("stack"))
    stack.must("up", "-d")
    yield stack
    pids = stack.pids()
    stack.must("down")
    assert not [pid for pid in pids if is_running(pid)]


@pytest.fixture
def other(tmp_path: Path, kafka_bootstrap: str) -> TinyStack:
    """Give a second stack, not started yet, that will use a Kafka which runs already."""
    return TinyStack(tmp_path, kafka_bootstrap)
