"""The commands of `python -m stack`, each a function that returns an exit code."""

import contextlib
import json
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from deploy.console import console
from stack import clock, control, orphans, screen
from stack.lock import held
from stack.state_folder import StateFolder

STOP_SECONDS: Final = 60
_POLL_SECONDS: Final = 0.1


def up_in_background(state: StateFolder, command: Sequence[str]) -> int:
    """Start a supervisor process; return when the stack is ready, or the exit code if it failed."""
    state.home.mkdir(parents=True, exist_ok=True)
    log = state.home / "up.log"
    with log.open("wb") as out:
        supervisor = subprocess.Popen(  # noqa: S603 # ourselves
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    with log.open() as lines:
        while supervisor.poll() is None and not _is_ready(state):
            console.out(lines.read(), end="")
            time.sleep(_POLL_SECONDS)
        console.out(lines.read(), end="")
    return supervisor.poll() or 0


def down(state: StateFolder) -> int:
    """Stop the stack; return when no process of the stack is left."""
    supervisor = None
    try:
        supervisor = control.ask(state.control, {"do": "down"})["supervisor"]
    except control.NotRunning:
        console.print("The stack is not up.")
    deadline = time.monotonic() + STOP_SECONDS
    while not _is_gone(state, supervisor):
        if time.monotonic() > deadline:
            console.print(f"Still not gone after {STOP_SECONDS} s.")
            return 1
        time.sleep(_POLL_SECONDS)
    return 0


def status(state: StateFolder, *, as_json: bool, memory: bool) -> int:
    """Print all processes, as a table or as JSON."""
    report = control.ask(state.control, {"do": "report"})
    if as_json:
        if memory:
            for line in report["processes"]:
                line["pss_megabytes"] = round(screen.pss_megabytes(line["pid"]), 1)
        console.out(json.dumps(report, indent=2))
    else:
        console.print(screen.table(report, memory=memory))
    return 0


def logs(state: StateFolder, name: str, *, follow: bool) -> int:
    """Print the log of one process; `follow` keeps printing until Ctrl-C."""
    file = state.logs / f"{name}.log"
    if not file.exists():
        console.print(f"No log of {name}. There are: {_logs(state)}")
        return 1
    command = ["tail", *(["-n", "50", "-F"] if follow else ["-n", "+1"]), str(file)]
    with contextlib.suppress(KeyboardInterrupt):
        return subprocess.run(command, check=False).returncode  # noqa: S603 # our own command
    return 0


def restart(state: StateFolder, name: str, environment: dict[str, str]) -> int:
    """Restart one process; `environment` holds until its next restart."""
    request = {"do": "restart", "name": name, "environment": environment}
    return _complain(control.ask(state.control, request))


def kill(state: StateFolder, name: str, number: signal.Signals) -> int:
    """Send a signal to one process."""
    request = {"do": "kill", "name": name, "signal": int(number)}
    return _complain(control.ask(state.control, request))


def populate(state: StateFolder) -> int:
    """Play the demo's journeys in the background, from now on and after every `up`."""
    return _complain(control.ask(state.control, {"do": "populate"}))


def reset(state: StateFolder) -> int:
    """Stop the stack and delete its state folder's data; downloads lie elsewhere and are kept."""
    if code := down(state):
        return code
    for entry in state.entries():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink(missing_ok=True)
    return 0


def move_clock(state: StateFolder, verb: str, by: str) -> int:
    """Show or move the services' clock."""
    if verb == "advance":
        try:
            clock.advance(state.clock, by)
        except ValueError as error:
            console.print(str(error))
            return 2
    elif verb == "reset":
        clock.reset(state.clock)
    ahead = timedelta(seconds=clock.offset(state.clock))
    console.print(f"{datetime.now(UTC) + ahead:%Y-%m-%d %H:%M:%S} UTC, {ahead} ahead")
    return 0


def _complain(answer: dict[str, Any]) -> int:
    if "error" in answer:
        console.print(answer["error"])
    return int("error" in answer)


def _is_ready(state: StateFolder) -> bool:
    try:
        return bool(control.ask(state.control, {"do": "report"})["condition"] == "ready")
    except control.NotRunning:
        return False


def _is_gone(state: StateFolder, supervisor: int | None) -> bool:
    with held(state) as ours:
        if ours:
            orphans.end(state.processes)
        return ours and not (supervisor and orphans.is_running(supervisor))


def _logs(state: StateFolder) -> str:
    return ", ".join(sorted(file.stem for file in state.logs.glob("*.log")))
