"""The task that asks mobi eKYC, after the commit (F5a.7, F5b.6)."""

from kit import clock
from kit.db import Database
from kit.sealing import Sealer
from kit.tasks import Task, Tasks
from kyc.evidence.queries import papers_of, pictures_of
from kyc.sessions.domain import Session
from kyc.settings import Settings
from kyc.verdicts import commands as verdicts
from kyc.verdicts.gateways import EkycGateway, EkycRefused


def task_handlers(gateway: EkycGateway, sealer: Sealer, settings: Settings) -> Tasks:
    """Return the handler of the questions to mobi eKYC."""
    tasks = Tasks()

    @tasks.on(verdicts.VERIFY)
    async def verify(task: Task, db: Database) -> None:
        """Have an attempt judged (F5a.7, F5b.6)."""
        async with db.transaction() as tx:
            session = await tx.get_one(Session, task.ref)
            papers = await papers_of(tx, session, task.data["attempt"])
            declaration = papers.form(sealer)
            if declaration is None or not verdicts.awaits(session, task):
                await task.done(tx, now=clock.now())
                return
            pictures = await pictures_of(tx, papers, sealer)
        try:
            answer = await gateway.verify(declaration, pictures, idempotency_key=task.id)
        except EkycRefused:
            async with db.transaction() as tx:
                await verdicts.give_up_asking(tx, task, now=clock.now())
            return
        async with db.transaction() as tx:
            await verdicts.take_answer(
                tx,
                task,
                answer,
                tasks=tasks,
                sealer=sealer,
                settings=settings,
                now=clock.now(),
            )

    return tasks
