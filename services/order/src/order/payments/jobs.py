"""The clock and the errands: asking the gateway, and giving money back."""

from datetime import datetime

from kit import clock
from kit.db import Database
from kit.jobs import Jobs
from kit.tasks import Task, Tasks
from order.payments import commands
from order.payments.domain import Payment
from order.payments.gateways import VnPay, tasks
from order.refunds import commands as refunding
from order.refunds.domain import Refund
from order.settings import Settings


def errands(gateway: VnPay, config: Settings) -> Tasks:
    """Tie the errands to a gateway."""
    tied = Tasks(noted=tasks.noted)

    @tied.on("ask-payment")
    async def ask_payment(task: Task, db: Database) -> None:
        """Ask what became of an attempt nobody told us about (querydr, G10)."""
        async with db.transaction() as tx:
            payment = await tx.get_one(Payment, task.ref)
        notice = await gateway.query(payment, now=clock.now())
        async with db.transaction() as tx:
            if await task.done(tx, now=clock.now()):
                await commands.hear_gateway(tx, notice, config=config, now=clock.now())

    @tied.on("refund")
    async def refund(task: Task, db: Database) -> None:
        """Give money back; the refund's own id is the reference at every repeat (G18)."""
        async with db.transaction() as tx:
            owed = await tx.get_one(Refund, task.ref)
            payment = await tx.get_one(Payment, owed.payment_id)
        answer = await gateway.refund(owed, payment, now=clock.now())
        async with db.transaction() as tx:
            if await task.done(tx, now=clock.now()):
                await refunding.returned(tx, owed.id, answer, now=clock.now())

    return tied


def add_to(jobs: Jobs, config: Settings) -> None:
    """Let the clock ask about payments."""

    @jobs.every(1.0)
    async def ask_about_open_payments(db: Database, now: datetime) -> int:
        """Ask about payments nobody told us about."""
        async with db.transaction() as tx:
            return await commands.ask_about_open_payments(tx, config=config, now=now)
