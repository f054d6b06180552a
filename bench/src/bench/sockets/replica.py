"""One replica of videocall as a process, without a bus: `python -m bench.sockets.replica`."""

import sys
from pathlib import Path

import uvicorn

from kit import serve
from kit.db import Database
from videocall.main import create_app
from videocall.settings import Settings


def main(url: str, keys: str, port: str) -> None:
    """Listen until told to end."""
    settings = Settings.model_validate(
        {"database_url": url, "keys_dir": Path(keys), "always_open": True}
    )
    app = create_app(settings, Database(url))
    uvicorn.run(
        app,
        port=int(port),
        loop="uvloop",
        lifespan="off",
        log_level="critical",
        backlog=4096,
        **serve.SOCKETS,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
