"""The console that all commands print to."""

from typing import Final

from rich.console import Console

console: Final = Console(highlight=False)
