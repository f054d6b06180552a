"""The commands: up, down, status, logs, restart, kill, reset, clock."""

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace

from deploy.console import console
from stack import errands
from stack.control import NotRunning
from stack.places import state
from stack.plan import Plan


def main(arguments: Sequence[str] | None = None, plan: Plan | None = None) -> int:
    """Do what the words say and return an exit code."""
    words = _grammar().parse_args(arguments)
    words.plan = plan or Plan()
    words.state = state()
    try:
        code: int = words.do(words)
    except NotRunning:
        console.print("The stack is not up.")
        return 1
    except BrokenPipeError:  # whoever read us has seen enough
        return 0
    return code


def _grammar() -> argparse.ArgumentParser:
    grammar = argparse.ArgumentParser(prog="stack", description=__doc__)
    commands = grammar.add_subparsers(required=True, metavar="command")
    _add_up(commands)
    _add_on_processes(commands)

    down = commands.add_parser("down", help="stop everything, and return when all is gone")
    down.set_defaults(do=lambda words: errands.down(words.state))

    status = commands.add_parser("status", help="who runs, where, since when")
    status.add_argument("--json", action="store_true")
    status.add_argument("--memory", action="store_true", help="with the memory of each")
    status.set_defaults(
        do=lambda words: errands.status(words.state, as_json=words.json, memory=words.memory)
    )

    reset = commands.add_parser("reset", help="stop, and forget all data; downloads are kept")
    reset.set_defaults(do=lambda words: errands.reset(words.state))

    clock = commands.add_parser("clock", help="show or move the services' clock")
    clock.add_argument("verb", choices=["show", "advance", "reset"], nargs="?", default="show")
    clock.add_argument("by", nargs="?", default="0s", help="90s, 20m, 3h, 2d")
    clock.set_defaults(do=lambda words: errands.move_clock(words.state, words.verb, words.by))
    return grammar


def _add_up(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    up = commands.add_parser("up", help="start everything")
    up.add_argument("-d", "--detach", action="store_true", help="return when it is ready")
    up.add_argument("--replicas", metavar="SERVICE=N", action="append", type=_count, default=[])
    up.add_argument("--env", metavar="KEY=VALUE", action="append", type=_pair, default=[])
    up.add_argument("--port", type=int, help="where the gateway listens")
    up.set_defaults(do=_up)


def _add_on_processes(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    logs = commands.add_parser("logs", help="show what a process wrote")
    logs.add_argument("-f", "--follow", action="store_true")
    logs.add_argument("name")
    logs.set_defaults(do=lambda words: errands.logs(words.state, words.name, follow=words.follow))

    restart = commands.add_parser("restart", help="stop one process in peace and start it again")
    restart.add_argument("name")
    restart.add_argument("--env", metavar="KEY=VALUE", action="append", type=_pair, default=[])
    restart.set_defaults(do=lambda words: errands.restart(words.state, words.name, dict(words.env)))

    kill = commands.add_parser("kill", help="have an accident happen to one process")
    kill.add_argument("name")
    kill.add_argument("--signal", type=_signal, default=signal.SIGKILL)
    kill.set_defaults(do=lambda words: errands.kill(words.state, words.name, words.signal))


def _up(words: argparse.Namespace) -> int:
    plan = replace(
        words.plan,
        replicas={**words.plan.replicas, **dict(words.replicas)},
        environment={**words.plan.environment, **dict(words.env)},
        port=words.port,
    )
    if unknown := set(plan.replicas) - set(plan.services):
        console.print(f"No such service: {', '.join(sorted(unknown))}")
        return 2
    if words.detach:
        again = [word for word in sys.orig_argv[1:] if word not in ("-d", "--detach")]
        return errands.up_in_background(words.state, [sys.executable, *again])
    # Only here: the other commands need not wait for the clients of database and broker.
    from stack.supervisor import run  # noqa: PLC0415

    return run(words.state, plan)


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{text} is not KEY=VALUE")
    return key, value


def _count(text: str) -> tuple[str, int]:
    service, count = _pair(text)
    return service, int(count)


def _signal(text: str) -> signal.Signals:
    return signal.Signals[f"SIG{text.upper().removeprefix('SIG')}"]
