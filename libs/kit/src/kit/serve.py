"""One service as a process: `SERVICE=hold python -m kit.serve` listens on port 8000."""

import gc
import importlib
import os
from typing import Any, Final

import uvicorn

PORT: Final = 8000
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 # a container's own network is its front door


SOCKETS: Final[dict[str, Any]] = {
    "ws_max_size": 16_384,
    "ws_ping_interval": 10.0,
    "ws_ping_timeout": 10.0,
    "ws_per_message_deflate": False,
}
"""The options of WebSockets: a client that is gone is noticed within 20 s, and an idle one is
cheap: compression would keep some hundred kilobytes for each."""


def application(factory: str) -> Any:
    """Make what `module:function` makes."""
    module, _, function = factory.partition(":")
    return getattr(importlib.import_module(module), function)()


def listen(app: Any, host: str, port: int) -> None:
    """Answer until told to end, the same way wherever the service runs."""
    # What is here now stays: it is never looked through again. Of what comes, events and answers
    # die young: looking for circles every 700 objects costs a tenth of the time and all of the p99.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    uvicorn.run(
        app,
        host=host,
        port=port,
        loop="uvloop",
        lifespan="on",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        **SOCKETS,
    )


if __name__ == "__main__":
    listen(application(f"{os.environ['SERVICE']}.main:app"), EVERYWHERE, PORT)
