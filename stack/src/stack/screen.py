"""The table of all processes."""

from typing import Any, Final

import psutil
from rich.table import Table

from stack.process_supervisor import Condition

_COLOURS: Final = {
    Condition.WAITING: "dim",
    Condition.STARTING: "yellow",
    Condition.READY: "green",
    Condition.CRASHED: "red",
    Condition.STOPPED: "dim",
}


def table(report: dict[str, Any], *, memory: bool = False) -> Table:
    """Return a report of the stack as a table."""
    ready = f", ready in {report['took_seconds']} s" if report["took_seconds"] else ""
    title = f"Chọn Số: {report['gateway']} ({report['condition']}{ready})"
    result = Table(title=title, title_justify="left", box=None, header_style="bold")
    for heading in ("process", "condition", "pid", "restarts", "ready after", "address"):
        result.add_column(heading)
    if memory:
        result.add_column("PSS MB", justify="right")
    for line in report["processes"]:
        result.add_row(*_cells(line), *([f"{pss_megabytes(line['pid']):.0f}"] if memory else []))
    return result


def pss_megabytes(pid: int | None) -> float:
    """Return a process's memory in megabytes, pages shared with others by their share (PSS)."""
    if pid is None:
        return 0
    total = 0
    try:
        process = psutil.Process(pid)
        # The fork server's children are processes of the table, PostgreSQL's are not.
        family = [process, *process.children()] if process.name() == "postgres" else [process]
        for member in family:
            total += member.memory_full_info().pss
    except psutil.Error:  # it ended while we looked
        pass
    return total / 1e6


def _cells(line: dict[str, Any]) -> list[str]:
    condition = Condition(line["condition"])
    return [
        line["name"],
        f"[{_COLOURS[condition]}]{condition}[/]",
        str(line["pid"] or ""),
        str(line["restarts"] or ""),
        f"{line['took_seconds']} s" if line["took_seconds"] else "",
        line["address"],
    ]
