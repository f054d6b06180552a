"""The clock and the errands of payments: asking the gateway what nobody told us."""

from datetime import datetime
from uuid import UUID

from kit import clock
from kit.db import Database, Tx
from kit.jobs import Jobs
from kit.tasks import Task, Tasks
from order.payments.domain import Payment
from order.settings import Settings
from order.settling import commands
from order.vnpay.gateways import VnPay


def add_errands(tied: Tasks, gateway: VnPay, config: Settings) -> None:
    """Tie the errands about payments to a gateway."""

    @tied.on("ask-payment")
    async def ask_payment(task: Task, db: Database) -> None:
        """Ask what became of an attempt nobody told us about (querydr, G10)."""
        async with db.transaction() as tx:
            payment = await tx.get_one(Payment, task.ref)
        notice = await gateway.query(payment, now=clock.now())
        async with db.transaction() as tx:
            if await task.done(tx, now=clock.now()):
                await commands.hear_answer(tx, notice, config=config, now=clock.now())


def add_to(jobs: Jobs, config: Settings) -> None:
    """Let the clock ask about payments."""

    @jobs.each_row(1.0, commands.questions_due)
    async def ask_about_open_payment(tx: Tx, payment_id: UUID, now: datetime) -> None:
        """Ask about a payment nobody told us about."""
        await commands.ask_about(tx, payment_id, config=config, now=now)
