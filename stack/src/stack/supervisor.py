"""The process that holds the stack: one for each state, until it is told to stop."""

import asyncio
import contextlib
import os
import shutil
import signal
from collections import deque
from dataclasses import replace
from typing import Any, Final

from deploy import jars
from deploy.console import console
from stack import control, leftovers
from stack.control import Order
from stack.keeper import DidNotStart
from stack.live import Screen
from stack.lock import held
from stack.places import State
from stack.plan import Plan
from stack.stack import Stack

REFUSED: Final = 3
"""The exit code of a second `up`."""


def run(state: State, plan: Plan) -> int:
    """Bring the stack up and hold it until told otherwise; return the exit code."""
    missing = plan.missing()
    if missing:
        console.print(f"Not here, so not started: {', '.join(missing)}")
    plan = replace(plan, services=tuple(name for name in plan.services if name not in missing))
    with held(state) as ours:
        if not ours:
            console.print(f"Already running: {_who(state)}.")
            return REFUSED
        for pid in leftovers.clear_away(state.processes):
            console.print(f"Left over from a run that was killed: {pid}, ended now.")
        if not jars.are_here():
            console.print("Fetching Apache Kafka from Maven Central, this once: 43 MB.")
        _put_old_logs_aside(state)
        return asyncio.run(_hold(state, plan))


async def _hold(state: State, plan: Plan) -> int:
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    stack = Stack(state, plan)
    server = await control.listen(state.control, lambda order: _obey(stack, told, order))
    try:
        with Screen(stack).showing():
            return await _start_and_wait(stack, told)
    finally:
        await stack.stop()
        server.close()
        state.control.unlink(missing_ok=True)


async def _start_and_wait(stack: Stack, told: asyncio.Event) -> int:
    starting, stopping = asyncio.create_task(stack.start()), asyncio.create_task(told.wait())
    await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return 0
    if reason := starting.exception():
        _explain(stack, reason)
        stopping.cancel()
        return 1
    console.print(f"Ready in {stack.took_seconds:.1f} s: {stack.crew.addresses.public}")
    await stopping
    return 0


async def _obey(stack: Stack, told: asyncio.Event, order: Order) -> dict[str, Any]:
    match order:
        case {"do": "report"}:
            return stack.report()
        case {"do": "restart", "name": str(name)}:
            await stack.restart(name, order.get("environment", {}))
        case {"do": "kill", "name": str(name), "signal": int(number)}:
            stack.kill(name, signal.Signals(number))
        case {"do": "down"}:
            told.set()
            return {"supervisor": os.getpid()}
        case _:
            return {"error": f"what is {order}?"}
    return {}


def _explain(stack: Stack, reason: BaseException) -> None:
    while isinstance(reason, BaseExceptionGroup):
        reason = reason.exceptions[0]
    console.print(f"[bold red]The stack did not start:[/] {reason}")
    if isinstance(reason, DidNotStart):
        log = stack.crew.log(reason.name)
        with contextlib.suppress(FileNotFoundError), log.open(errors="replace") as lines:
            console.out(*deque(lines, maxlen=15), f"({log})", sep="")


def _who(state: State) -> str:
    try:
        return f"supervisor {control.ask(state.control, {'do': 'report'}, seconds=5)['supervisor']}"
    except (control.NotRunning, TimeoutError):
        return "a supervisor that is just starting or stopping"


def _put_old_logs_aside(state: State) -> None:
    """Keep the logs of the last run, and only of the last."""
    previous = state.home / "logs.previous"
    if state.logs.exists():
        shutil.rmtree(previous, ignore_errors=True)
        state.logs.replace(previous)
    state.logs.mkdir(parents=True)
