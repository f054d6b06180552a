"""The terminal that every command writes to."""

from typing import Final

from rich.console import Console

console: Final = Console(highlight=False)
