"""The receiver of webhooks at a partner: it takes every message, unless a switch says otherwise."""

from typing import Annotated

import structlog
from fastapi import Path, Response

from simulators.protocols import protocol

router = protocol("partner", "/partner")
log = structlog.get_logger()

Name = Annotated[str, Path(max_length=64, pattern=r"^[a-z0-9-]+$")]


@router.post("/webhooks/{name}", status_code=204)
async def take(name: Name) -> Response:
    """Take a message of the suite (Standard Webhooks); the signature is not looked at."""
    log.info("webhook_taken", partner=name)
    return Response(status_code=204)
