"""A stack of three stand-in services, to be run as a program: the real ones test themselves."""

import os
import sys

from fastapi import FastAPI, Request

from stack.cli import main
from stack.plan import Plan

PLAN = Plan(
    services=("identity", "hold", "videocall"),
    factories=dict.fromkeys(("identity", "hold", "videocall", "simulators"), "tiny:app"),
    replicas={"hold": 2},
    population="patient",
)


def app() -> FastAPI:
    """Make a service that shows what reaches it."""
    assert "BROKEN" not in os.environ, "told to be broken"
    service = FastAPI()

    @service.get("/readyz")
    async def ready() -> dict[str, bool]:
        return {"ready": True}

    @service.api_route("/v1/{path:path}", methods=["GET", "POST"])
    async def echo(path: str, request: Request) -> dict[str, object]:
        headers = dict(request.headers)
        return {"path": path, "headers": headers, "pid": os.getpid(), "word": os.getenv("WORD")}

    return service


if __name__ == "__main__":
    sys.exit(main(plan=PLAN))
