"""Deliveries to the webhooks of partners, again and again."""

from datetime import datetime
from typing import Final

from hold.webhooks.gateways import WebhookSender
from kit.db import Database
from kit.jobs import Jobs

DELIVERERS: Final = 8
"""So many endpoints of this process are called at once: a slow one must not keep all waiting."""


def add_jobs(jobs: Jobs, sender: WebhookSender) -> None:
    """Add a job for each endpoint that may be called at once."""

    async def push_to_webhooks(_: Database, now: datetime) -> int:
        return await sender.deliverer.deliver_some(now=now)

    for _ in range(DELIVERERS):
        jobs.every(1.0)(push_to_webhooks)
