"""The line that the gateway keeps to a service outlives a bug: the next on it is answered."""

import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from structlog.testing import capture_logs

from deploy.gateway import envoy
from deploy.gateway.render import render
from deploy.gateway.site import Address, Site
from deploy.gateway.table import read
from kit.http import add_problem_answers
from kit.middleware import add_middleware
from stack import probes
from stack.ports import Ports

THINGS = "/api/hold/v1/holds"
PATIENCE_SECONDS = 20


def service() -> FastAPI:
    """Return a service one of whose routes raises."""
    app = FastAPI()
    add_problem_answers(app)
    add_middleware(app)

    @app.get("/readyz")
    async def readyz() -> str:
        return "ready"

    @app.post("/v1/holds")
    async def well() -> str:
        return "well"

    @app.delete("/v1/holds")
    async def bug() -> None:
        raise RuntimeError

    return app


@pytest.fixture
def behind() -> Iterator[Address]:
    """Let the service listen."""
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(service(), lifespan="off", log_level="critical"))
    listening = threading.Thread(target=server.run, args=([door],))
    listening.start()
    with capture_logs():  # to draw a bug for a person takes a second
        yield Address("127.0.0.1", door.getsockname()[1])
    server.should_exit = True
    listening.join(10)


@pytest.fixture
def line(site: Site, behind: Address, tmp_path: Path) -> Iterator[httpx.Client]:
    """Run Envoy in front of it."""
    ports = Ports(tmp_path / "ports.json")
    here = replace(
        site,
        listen=Address("127.0.0.1", ports.give("lines")),
        admin=Address("127.0.0.1", ports.give("lines-admin")),
        services={"hold": [behind]},
        limits=False,
    )
    file = tmp_path / "envoy.json"
    file.write_text(json.dumps(render(read(), here)))
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(envoy.command(file), stdout=quiet, stderr=quiet)  # noqa: S603 # ours
    probes.wait_until(lambda: probes.listens(here.listen.port), process, seconds=20)
    with httpx.Client(base_url=f"http://127.0.0.1:{here.listen.port}", timeout=30) as client:
        yield client
    process.terminate()
    process.wait(10)


def test_after_anybodys_bug_a_strangers_request_is_answered(
    line: httpx.Client, tokens: dict[str, str]
) -> None:
    told = {"authorization": f"Bearer {tokens['good']}"}
    until = time.monotonic() + PATIENCE_SECONDS
    while line.post(THINGS, headers=told).status_code != 200:
        assert time.monotonic() < until, "the service is never found"

    answers = [
        (line.delete(THINGS, headers=told).status_code, line.post(THINGS, headers=told).status_code)
        for _ in range(50)
    ]

    assert set(answers) == {(500, 200)}
