"""Tasks: calls of outside systems, made after the commit and repeated until one is answered.

A transaction never waits for another company's system. It notes the call as a task; the handler of
its kind makes the call after the commit, is retried with growing pauses, and survives a crash. It
passes the task's id on as the idempotency key: a repetition has no second effect. A task that the
outside system refuses for good, or that fails too often, waits on the work list for a person.
"""

from typing import Annotated

from kit.dependencies import from_app
from kit.tasks.errors import OutsideAway, PermanentError, error_of
from kit.tasks.runner import Runner
from kit.tasks.tables import task
from kit.tasks.tasks import Task, TaskHandler, Tasks

RequestTasks = Annotated[Tasks, from_app(Tasks)]

__all__ = [
    "OutsideAway",
    "PermanentError",
    "RequestTasks",
    "Runner",
    "Task",
    "TaskHandler",
    "Tasks",
    "error_of",
    "task",
]
