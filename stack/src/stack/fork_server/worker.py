"""A service's process, as a child of the fork server."""

import time
from pathlib import Path

from events.transport import faultpoints
from kit.serve import application, listen
from stack.ports import LOOPBACK

_POLL_SECONDS = 0.02


def serve(factory: str, port: int, topics_ready: str) -> None:
    """Build a service while Kafka starts; listen as soon as the file `topics_ready` exists."""
    faultpoints.arm()
    app = application(factory)
    while not Path(topics_ready).exists():
        time.sleep(_POLL_SECONDS)
    listen(app, LOOPBACK, port)
