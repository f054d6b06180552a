"""Routes of the outside systems' protocols, to which the fault switches apply."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from simulators.simulation import simulation_of

_SLOW_SECONDS: Final = 3.0
_LOST_SECONDS: Final = 30.0
_LAST_GOOD_STATUS: Final = 399


def protocol(system: str, prefix: str = "") -> APIRouter:
    """Open the routes of a system's protocol; its faults apply to them and to nothing else."""

    class FaultyRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            answer_correctly = super().get_route_handler()

            async def answer_with_faults(request: Request) -> Response:
                simulation = simulation_of(request)
                if slow := simulation.faults.take(system, "slow"):
                    await asyncio.sleep(slow.delay(_SLOW_SECONDS))
                if simulation.faults.take(system, "error_500"):
                    return _broken(500)
                answer = await answer_correctly(request)
                if _has_effect(request, answer) and (
                    lost := simulation.faults.take(system, "timeout_after_effect")
                ):
                    await _wait_for_caller_to_give_up(request, lost.delay(_LOST_SECONDS))
                    return _broken(504)
                return answer

            return answer_with_faults

    return APIRouter(prefix=prefix, route_class=FaultyRoute, tags=[system])


def _has_effect(request: Request, answer: Response) -> bool:
    return request.method != "GET" and answer.status_code <= _LAST_GOOD_STATUS


def _broken(status: int) -> Response:
    return JSONResponse({"code": status, "message": "Hệ thống đang lỗi, vui lòng thử lại"}, status)


async def _wait_for_caller_to_give_up(request: Request, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                pass
