"""The supervisor process: starts a stack, answers its commands, stops it."""

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
from stack import control, orphans
from stack.control import Request
from stack.live import Screen
from stack.lock import held
from stack.plan import Plan
from stack.process_supervisor import DidNotStart
from stack.stack import Stack
from stack.state_folder import StateFolder

REFUSED: Final = 3
"""The exit code of a second `up`."""


def run(state: StateFolder, plan: Plan) -> int:
    """Start the stack and supervise it until SIGINT or `down`; return the exit code."""
    missing = plan.missing()
    if missing:
        console.print(f"Without code here, not started: {', '.join(missing)}")
    plan = replace(plan, services=tuple(name for name in plan.services if name not in missing))
    with held(state) as ours:
        if not ours:
            console.print(f"Already running: {_holder(state)}.")
            return REFUSED
        for pid in orphans.end(state.processes):
            console.print(f"Orphan of a run that was killed: process {pid}, killed now.")
        if not jars.are_here():
            console.print("Fetching Apache Kafka from Maven Central, this once: 43 MB.")
        _rotate_logs(state)
        return asyncio.run(_supervise(state, plan))


async def _supervise(state: StateFolder, plan: Plan) -> int:
    stop_requested = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop_requested.set)
    stack = Stack(state, plan)
    server = await control.listen(
        state.control, lambda request: _handle(stack, stop_requested, request)
    )
    try:
        with Screen(stack).showing():
            return await _start_and_wait(stack, stop_requested)
    finally:
        await stack.stop()
        server.close()
        state.control.unlink(missing_ok=True)


async def _start_and_wait(stack: Stack, stop_requested: asyncio.Event) -> int:
    starting, stopping = (
        asyncio.create_task(stack.start()),
        asyncio.create_task(stop_requested.wait()),
    )
    await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return 0
    if reason := starting.exception():
        _explain(stack, reason)
        stopping.cancel()
        return 1
    console.print(f"Ready in {stack.took_seconds:.1f} s: {stack.factory.addresses.public}")
    await stopping
    return 0


async def _handle(stack: Stack, stop_requested: asyncio.Event, request: Request) -> dict[str, Any]:
    match request:
        case {"do": "report"}:
            return stack.report()
        case {"do": "restart", "name": str(name)}:
            await stack.restart(name, request.get("environment", {}))
        case {"do": "kill", "name": str(name), "signal": int(number)}:
            stack.kill(name, signal.Signals(number))
        case {"do": "populate"}:
            await stack.populate()
        case {"do": "down"}:
            stop_requested.set()
            return {"supervisor": os.getpid()}
        case _:
            return {"error": f"unknown request: {request}"}
    return {}


def _explain(stack: Stack, reason: BaseException) -> None:
    while isinstance(reason, BaseExceptionGroup):
        reason = reason.exceptions[0]
    console.print(f"[bold red]The stack did not start:[/] {reason}")
    if isinstance(reason, DidNotStart):
        log = stack.factory.log(reason.name)
        with contextlib.suppress(FileNotFoundError), log.open(errors="replace") as lines:
            console.out(*deque(lines, maxlen=15), f"({log})", sep="")


def _holder(state: StateFolder) -> str:
    try:
        return f"supervisor {control.ask(state.control, {'do': 'report'}, seconds=5)['supervisor']}"
    except (control.NotRunning, TimeoutError):
        return "a supervisor that is just starting or stopping"


def _rotate_logs(state: StateFolder) -> None:
    """Move the logs of the previous run to `logs.previous`, in place of those before."""
    previous = state.home / "logs.previous"
    if state.logs.exists():
        shutil.rmtree(previous, ignore_errors=True)
        state.logs.replace(previous)
    state.logs.mkdir(parents=True)
