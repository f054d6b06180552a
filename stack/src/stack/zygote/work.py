"""What a child of the fork server does as a service."""

import time
from pathlib import Path

from events.transport import faultpoints
from kit.serve import application, listen
from stack.ports import LOOPBACK

_LOOK_EVERY_SECONDS = 0.02


def serve(factory: str, port: int, gate: str) -> None:
    """Make a service while the bus is still starting, and run it as soon as the gate is open."""
    faultpoints.arm()
    app = application(factory)
    while not Path(gate).exists():
        time.sleep(_LOOK_EVERY_SECONDS)
    listen(app, LOOPBACK, port)
