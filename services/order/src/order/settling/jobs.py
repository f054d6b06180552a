"""Asking VNPay about payments that nobody told us about: a job notes it, a task asks."""

from datetime import datetime
from uuid import UUID

from kit import clock
from kit.db import Database, Tx
from kit.jobs import Jobs
from kit.tasks import Task, Tasks
from order.payments.commands import ask_about, questions_due
from order.payments.domain import Payment
from order.payments.gateways import query
from order.settings import Settings
from order.settling import commands
from order.vnpay.gateways import VnPay


def add_task_handlers(tasks: Tasks, vnpay: VnPay, settings: Settings) -> None:
    """Carry out the questions about payments that were noted."""

    @tasks.on("ask-payment")
    async def ask_payment(task: Task, db: Database) -> None:
        """Ask what became of an attempt nobody told us about (querydr, G10)."""
        async with db.transaction() as tx:
            payment = await tx.get_one(Payment, task.ref)
        notice = await query(vnpay, payment, now=clock.now())
        async with db.transaction() as tx:
            if await task.done(tx, now=clock.now()):
                await commands.apply_answer(tx, notice, settings=settings, now=clock.now())


def add_to(jobs: Jobs, settings: Settings) -> None:
    """Let the clock ask about payments."""

    @jobs.each_row(1.0, questions_due)
    async def ask_about_open_payment(tx: Tx, payment_id: UUID, now: datetime) -> None:
        """Ask about a payment nobody told us about."""
        await ask_about(tx, payment_id, settings=settings, now=now)
