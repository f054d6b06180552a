"""A small stack that really runs, and a gateway by itself."""

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
from stack import keys, probes
from stack.gateway import envoy
from stack.gateway.render import render
from stack.gateway.site import Address, Site
from stack.gateway.table import read
from stack.leftovers import is_running
from stack.plan import SERVICES
from stack.ports import Ports

HERE = Path(__file__).parent


class TinyStack:
    def __init__(self, home: Path, kafka: str = "") -> None:
        self.home = home
        own = {"CHONSO_STATE": str(home), "PYTHONPATH": str(HERE), "KAFKA_BOOTSTRAP": kafka}
        self.environment = {**os.environ, **own}

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(HERE / "tiny.py"), *words]
        return subprocess.run(  # noqa: S603 # our own words
            command, env=self.environment, check=False, text=True, capture_output=True, timeout=90
        )

    def must(self, *words: str) -> str:
        done = self.run(*words)
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the keys."""
    folder = tmp_path_factory.mktemp("gateway")
    keys.ensure(folder)
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    """Stand where all addresses but one are known, and nobody answers."""
    ports = Ports(folder / "ports.json")
    nobody = Address("127.0.0.1", ports.give("nobody"))
    return Site(
        listen=Address("127.0.0.1", ports.give("gateway")),
        admin=Address("127.0.0.1", ports.give("admin")),
        jwks=(folder / "jwks" / "identity.json").read_text(),
        services={service: [nobody] for service in SERVICES if service != "order"},
        simulators=nobody,
    )


@pytest.fixture(scope="module")
def gateway(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Run Envoy by itself."""
    file = tmp_path_factory.mktemp("envoy") / "envoy.json"
    file.write_text(json.dumps(render(read(), site)))
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(envoy.command(file), stdout=quiet, stderr=quiet)  # noqa: S603 # ours
    probes.wait_until(lambda: probes.listens(site.listen.port), process, seconds=20)
    with httpx.Client(base_url=f"http://127.0.0.1:{site.listen.port}") as client:
        yield client
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def tokens(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Sign tokens as identity does, and as it does not."""
    others = tmp_path_factory.mktemp("others")
    keys.ensure(others)
    identity, other = Signer(folder, "identity"), Signer(others, "identity")
    who, hour = {"sub": "someone"}, timedelta(hours=1)
    return {
        "good": identity.sign("chonso", who, ttl=hour),
        "a little old": identity.sign("chonso", who, ttl=timedelta(minutes=-4)),
        "stale": identity.sign("chonso", who, ttl=-hour),
        "of another": other.sign("chonso", who, ttl=hour),
        "nonsense": "x.y.z",
    }
