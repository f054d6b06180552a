"""The commands: up, down, status, logs, restart, kill, populate, reset, clock."""

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace

from deploy.console import console
from stack import commands
from stack.control import NotRunning
from stack.plan import Plan
from stack.state_folder import state_folder


def main(argv: Sequence[str] | None = None, plan: Plan | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 not up or not started, 2 wrong arguments, 3 `up` while another `up` holds the stack.
    """
    arguments = _parser().parse_args(argv)
    arguments.plan = plan or Plan()
    arguments.state = state_folder()
    try:
        code: int = arguments.do(arguments)
    except NotRunning:
        console.print("The stack is not up.")
        return 1
    except BrokenPipeError:  # the reader of our output has closed it
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stack", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="command")
    _add_up(subparsers)
    _add_on_processes(subparsers)

    down = subparsers.add_parser("down", help="stop everything, and return when all is gone")
    down.set_defaults(do=lambda given: commands.down(given.state))

    status = subparsers.add_parser("status", help="list all processes")
    status.add_argument("--json", action="store_true")
    status.add_argument("--memory", action="store_true", help="with the memory of each")
    status.set_defaults(
        do=lambda given: commands.status(given.state, as_json=given.json, memory=given.memory)
    )

    populate = subparsers.add_parser("populate", help="play the demo's journeys in the background")
    populate.set_defaults(do=lambda given: commands.populate(given.state))

    reset = subparsers.add_parser("reset", help="stop, and forget all data; downloads are kept")
    reset.set_defaults(do=lambda given: commands.reset(given.state))

    clock = subparsers.add_parser("clock", help="show or move the services' clock")
    clock.add_argument("verb", choices=["show", "advance", "reset"], nargs="?", default="show")
    clock.add_argument("by", nargs="?", default="0s", help="90s, 20m, 3h, 2d")
    clock.set_defaults(do=lambda given: commands.move_clock(given.state, given.verb, given.by))
    return parser


def _add_up(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    up = subparsers.add_parser("up", help="start everything")
    up.add_argument("-d", "--detach", action="store_true", help="return when it is ready")
    up.add_argument("--replicas", metavar="SERVICE=N", action="append", type=_count, default=[])
    up.add_argument("--env", metavar="KEY=VALUE", action="append", type=_pair, default=[])
    up.add_argument("--port", type=int, help="where the gateway listens")
    up.set_defaults(do=_up)


def _add_on_processes(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    logs = subparsers.add_parser("logs", help="show what a process wrote")
    logs.add_argument("-f", "--follow", action="store_true")
    logs.add_argument("name")
    logs.set_defaults(do=lambda given: commands.logs(given.state, given.name, follow=given.follow))

    restart = subparsers.add_parser("restart", help="stop one process and start it again")
    restart.add_argument("name")
    restart.add_argument("--env", metavar="KEY=VALUE", action="append", type=_pair, default=[])
    restart.set_defaults(do=_restart)

    kill = subparsers.add_parser("kill", help="send one process a signal, SIGKILL by default")
    kill.add_argument("name")
    kill.add_argument("--signal", type=_signal, default=signal.SIGKILL)
    kill.set_defaults(do=lambda given: commands.kill(given.state, given.name, given.signal))


def _restart(arguments: argparse.Namespace) -> int:
    return commands.restart(arguments.state, arguments.name, dict(arguments.env))


def _up(arguments: argparse.Namespace) -> int:
    plan = replace(
        arguments.plan,
        replicas={**arguments.plan.replicas, **dict(arguments.replicas)},
        environment={**arguments.plan.environment, **dict(arguments.env)},
        port=arguments.port,
    )
    if unknown := set(plan.replicas) - set(plan.services):
        console.print(f"No such service: {', '.join(sorted(unknown))}")
        return 2
    if arguments.detach:
        again = [part for part in sys.orig_argv[1:] if part not in ("-d", "--detach")]
        return commands.up_in_background(arguments.state, [sys.executable, *again])
    # Only here: the other commands need not wait for the clients of database and broker.
    from stack.supervisor import run  # noqa: PLC0415

    return run(arguments.state, plan)


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
