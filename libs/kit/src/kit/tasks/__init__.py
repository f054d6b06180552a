"""Calling the outside world after the commit, until it has answered once.

A transaction never waits for another company's system. It notes what is to be done as a task; the
task is carried out after the commit, retried with growing pauses, and survives a crash. Whoever
carries it out passes the task's id on as the idempotency key: a repeat has no second effect.
"""

from kit.tasks.runner import Runner, Task, Tasks
from kit.tasks.tables import task

__all__ = ["Runner", "Task", "Tasks", "task"]
