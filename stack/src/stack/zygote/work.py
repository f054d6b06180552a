"""What a child of the fork server does as a service."""

import importlib
import time
from pathlib import Path

import uvicorn

from events import faultpoints
from stack.ports import LOOPBACK

_LOOK_EVERY_SECONDS = 0.02


def serve(factory: str, port: int, gate: str) -> None:
    """Make a service while the bus is still starting, and run it as soon as the gate is open."""
    faultpoints.arm()
    module, _, function = factory.partition(":")
    application = getattr(importlib.import_module(module), function)()
    while not Path(gate).exists():
        time.sleep(_LOOK_EVERY_SECONDS)
    uvicorn.run(
        application,
        host=LOOPBACK,
        port=port,
        loop="uvloop",
        lifespan="on",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
