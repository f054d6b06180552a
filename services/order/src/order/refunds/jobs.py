"""Refunds at VNPay: tasks ask until the bank has settled; a job finds those without a task."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from kit import clock
from kit.db import Database, Tx
from kit.jobs import Jobs
from kit.tasks import Task, Tasks
from order.payments.domain import Payment
from order.refunds import commands
from order.refunds.domain import Refund, RefundNotice
from order.refunds.gateways import give_back, query
from order.settings import Settings
from order.vnpay.gateways import GatewayAway, VnPay

Question = Callable[[Refund, Payment, datetime], Awaitable[RefundNotice]]


def add_task_handlers(tasks: Tasks, vnpay: VnPay, settings: Settings) -> None:
    """Carry out the calls about refunds that were noted."""

    @tasks.on("refund")
    async def refund(task: Task, db: Database) -> None:
        """Give money back; the refund's own id is the reference at every repeat (G18)."""
        await _ask(task, db, partial(give_back, vnpay), settings)

    @tasks.on("ask-refund")
    async def ask_refund(task: Task, db: Database) -> None:
        """Ask how far the bank is with a refund (querydr, G18)."""
        await _ask(task, db, partial(query, vnpay), settings)


async def _ask(task: Task, db: Database, question: Question, settings: Settings) -> None:
    async with db.transaction() as tx:
        owed = await tx.get_one(Refund, task.ref)
        payment = await tx.get_one(Payment, owed.payment_id)
    try:
        answer = await question(owed, payment, clock.now())
    except GatewayAway:
        if clock.now() - owed.requested_at < settings.refund_unanswered_after:
            raise
        answer = RefundNotice.unanswered(owed)
    async with db.transaction() as tx:
        if await task.done(tx, now=clock.now()):
            await commands.apply_notice(tx, owed.id, answer, settings=settings, now=clock.now())


def add_to(jobs: Jobs, settings: Settings) -> None:
    """Add the job that finds refunds without a task."""

    @jobs.each_row(30.0, commands.refunds_without_a_task)
    async def leave_refund_to_a_person(tx: Tx, refund_id: UUID, now: datetime) -> None:
        """Leave a refund to people that no task gives back any more."""
        await commands.leave_to_a_person(tx, refund_id, settings=settings, now=now)
