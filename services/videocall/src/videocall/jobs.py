"""Gathers the nouns' jobs, which run by the clock."""

from datetime import datetime

from kit.jobs import Jobs
from videocall.queue import jobs as queue
from videocall.settings import Settings


def schedule(settings: Settings, *, since: datetime) -> Jobs:
    """Return the jobs, for a process that hears callers and agents since a moment."""
    gathered = Jobs()
    queue.add_to(gathered, settings, since=since)
    return gathered
