"""What `up` shows while it runs."""

from contextlib import AbstractContextManager, nullcontext

from rich.live import Live
from rich.table import Table

from deploy.console import console
from stack.keeper import Condition, Keeper
from stack.screen import table
from stack.stack import Stack


class Screen:
    """A live table on a terminal, a line for each change elsewhere."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._live = Live(get_renderable=self._render, console=console, refresh_per_second=4)
        if not console.is_terminal:
            stack.on_change = _say

    def showing(self) -> AbstractContextManager[object]:
        """Show while the block runs."""
        return self._live if console.is_terminal else nullcontext()

    def _render(self) -> Table:
        return table(self._stack.report())


def _say(keeper: Keeper) -> None:
    if keeper.condition is Condition.READY:
        console.print(f"{keeper.name} ready after {keeper.took_seconds:.1f} s  {keeper.address}")
    elif keeper.condition is Condition.CRASHED:
        console.print(f"{keeper.name} ended unasked; start {keeper.restarts + 1} follows")
