"""Telling a journey on the terminal: each step with its id, the events as they pass, the times."""

import time
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

console = Console(highlight=False)


@dataclass
class Story:
    """One journey as the demo prints it."""

    title: str
    began: float = field(default_factory=time.perf_counter)
    stages: list[tuple[str, float]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    """The keys of the events of this story: hold, customer, number."""

    def __post_init__(self) -> None:
        console.rule(f"[bold]{self.title}")

    def step(self, ids: str, person: str, action: str) -> None:
        """Print that a person did something."""
        console.print(f"[bold cyan]{ids:>15}[/]  [bold]{person}[/] {action}")

    def stage(self, name: str) -> None:
        """Note that a stage of the journey ended, and how long it took."""
        now = time.perf_counter()
        self.stages.append((name, now - self.began - sum(took for _, took in self.stages)))

    def event(self, name: str, key: str) -> None:
        """Show an event of this journey as it passes on Kafka."""
        if key in self.keys:
            console.print(f"{'':>15}  [dim]Kafka ▸ {name}[/]")

    def show_timeline(self, items: list[dict[str, Any]]) -> None:
        """Show the journey as its customer can read it."""
        table = Table("lúc", "bước", "sự kiện", "nội dung", box=None, title=self.title)
        for item in items:
            table.add_row(
                str(item["at"])[11:23],
                str(item.get("step") or ""),
                item["event"],
                str(item["text_vi"]),
            )
        console.print(table)

    def show_stages(self) -> None:
        """Show how long each stage took."""
        table = Table("giai đoạn", "giây", box=None, title=f"{self.title}: thời gian")
        for name, took in self.stages:
            table.add_row(name, f"{took:.2f}")
        table.add_row("[bold]cả hành trình", f"[bold]{sum(t for _, t in self.stages):.2f}")
        console.print(table)


def fail(why: str) -> None:
    """Say that the demo did not show what it promises."""
    console.print(f"[bold red]{why}")


def money(amount_vnd: int) -> str:
    """Write an amount as Vietnamese do: 1.234.000 ₫."""
    return f"{amount_vnd:,}".replace(",", ".") + " ₫"


def spoken(msisdn: str) -> str:
    """Write a number as it is read: 0931 266 868."""
    national = "0" + msisdn[2:]
    return f"{national[:4]} {national[4:7]} {national[7:]}"
