"""The gateway passes sockets on, without a token, and does not cut them as it cuts requests."""

import asyncio
import json
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI, WebSocket
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from deploy.gateway import envoy
from deploy.gateway.render import render
from deploy.gateway.site import Address, Site
from deploy.gateway.table import read
from stack import probes
from stack.ports import Ports

REQUEST_SECONDS = 1
LATER_SECONDS = 1.5


def service() -> FastAPI:
    """Return a service whose socket says where it was opened, and something much later."""
    app = FastAPI()

    @app.get("/readyz")
    async def readyz() -> str:
        return "ready"

    @app.websocket("/ws")
    async def say(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_json([websocket.headers[name] for name in ("host", "origin")])
        await asyncio.sleep(LATER_SECONDS)
        await websocket.send_json("later")
        await websocket.close(4409)

    return app


@pytest.fixture
def address(site: Site, tmp_path: Path) -> Iterator[str]:
    """Run Envoy, with short requests, in front of the service."""
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(service(), lifespan="off", log_level="critical"))
    listening = threading.Thread(target=server.run, args=([door],))
    listening.start()
    ports = Ports(tmp_path / "ports.json")
    here = replace(
        site,
        listen=Address("127.0.0.1", ports.give("sockets")),
        admin=Address("127.0.0.1", ports.give("sockets-admin")),
        services={"videocall": [Address("127.0.0.1", door.getsockname()[1])]},
    )
    file = tmp_path / "envoy.json"
    file.write_text(json.dumps(render(replace(read(), timeout_seconds=REQUEST_SECONDS), here)))
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(envoy.command(file), stdout=quiet, stderr=quiet)  # noqa: S603 # ours
    probes.wait_until(lambda: probes.listens(here.listen.port), process, seconds=20)
    yield f"127.0.0.1:{here.listen.port}"
    process.terminate()
    process.wait(10)
    server.should_exit = True
    listening.join(10)


def test_a_socket_of_a_page_outlives_the_time_of_a_request(address: str) -> None:
    """Host and Origin arrive as the browser sent them: the service compares them."""
    with connect(f"ws://{address}/api/videocall/ws", origin=Origin(f"http://{address}")) as line:
        assert json.loads(line.recv()) == [address, f"http://{address}"]
        assert json.loads(line.recv()) == "later"
        with pytest.raises(ConnectionClosed) as closed:
            line.recv()

    assert closed.value.rcvd
    assert closed.value.rcvd.code == 4409
