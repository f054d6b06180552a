"""Calling the outside world after the commit, until it has answered once.

A transaction never waits for another company's system. It notes what is to be done as a task; the
task is carried out after the commit, retried with growing pauses, and survives a crash. The errand
passes the task's id on as the idempotency key: a repeat has no second effect. An errand that the
outside system refuses for good, or that fails too often, rests on the work list for a person.
"""

from typing import Annotated

from kit.dependencies import from_app
from kit.tasks.errors import OutsideAway, PermanentError, error_of
from kit.tasks.runner import Runner
from kit.tasks.tables import task
from kit.tasks.tasks import Errand, Task, Tasks

RequestTasks = Annotated[Tasks, from_app(Tasks)]

__all__ = [
    "Errand",
    "OutsideAway",
    "PermanentError",
    "RequestTasks",
    "Runner",
    "Task",
    "Tasks",
    "error_of",
    "task",
]
