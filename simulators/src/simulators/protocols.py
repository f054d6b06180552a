"""Routes that other systems call, and that misbehave when the switchboard says so."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from simulators.world import world_of

_SLOW_SECONDS: Final = 3.0
_LOST_SECONDS: Final = 30.0
_LAST_GOOD_STATUS: Final = 399


def protocol(system: str, prefix: str = "") -> APIRouter:
    """Open the routes of a system's protocol; its faults apply to them and to nothing else."""

    class Misbehaving(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            behave = super().get_route_handler()

            async def misbehave(request: Request) -> Response:
                world = world_of(request)
                if slow := world.faults.take(system, "slow"):
                    await asyncio.sleep(slow.delay(_SLOW_SECONDS))
                if world.faults.take(system, "error_500"):
                    return _broken(500)
                answer = await behave(request)
                if _has_effect(request, answer) and (
                    lost := world.faults.take(system, "timeout_after_effect")
                ):
                    await _wait_for_caller_to_give_up(request, lost.delay(_LOST_SECONDS))
                    return _broken(504)
                return answer

            return misbehave

    return APIRouter(prefix=prefix, route_class=Misbehaving, tags=[system])


def _has_effect(request: Request, answer: Response) -> bool:
    return request.method != "GET" and answer.status_code <= _LAST_GOOD_STATUS


def _broken(status: int) -> Response:
    return JSONResponse({"code": status, "message": "Hệ thống đang lỗi, vui lòng thử lại"}, status)


async def _wait_for_caller_to_give_up(request: Request, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                pass
