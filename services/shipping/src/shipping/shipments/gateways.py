"""The way out of shipments: tasks for the carrier, noted in the transaction that needs them."""

from kit.tasks import Tasks

tasks = Tasks()
"""The tasks of this service; their handlers are in `carriers.jobs`."""
