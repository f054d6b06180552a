"""The display of `up`: a live table on a terminal, else one line for each change."""

from contextlib import AbstractContextManager, nullcontext

from rich.live import Live
from rich.table import Table

from deploy.console import console
from stack.process_supervisor import Condition, ProcessSupervisor
from stack.screen import table
from stack.stack import Stack


class Screen:
    """Shows the processes of a stack while it runs."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._live = Live(get_renderable=self._render, console=console, refresh_per_second=4)
        if not console.is_terminal:
            stack.on_change = _print_change

    def showing(self) -> AbstractContextManager[object]:
        """Keep the table on the terminal for the length of a block."""
        return self._live if console.is_terminal else nullcontext()

    def _render(self) -> Table:
        return table(self._stack.report())


def _print_change(supervisor: ProcessSupervisor) -> None:
    if supervisor.condition is Condition.READY:
        console.print(
            f"{supervisor.name} ready after {supervisor.took_seconds:.1f} s  {supervisor.address}"
        )
    elif supervisor.condition is Condition.CRASHED:
        console.print(f"{supervisor.name} crashed; restart {supervisor.restarts} follows")
