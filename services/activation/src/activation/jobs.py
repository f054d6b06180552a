"""Gathers the nouns' jobs, which run by the clock, and the handlers of their tasks."""

from activation.connections.jobs import ConnectionTasks
from activation.dossiers import jobs as dossiers
from activation.esims import jobs as esims
from activation.msale.gateways import Msale, tasks
from activation.settings import Settings
from activation.withdrawals import jobs as withdrawals
from kit.jobs import Jobs
from kit.sealing import Sealer
from kit.tasks import Tasks


def task_handlers(msale: Msale, sealer: Sealer) -> Tasks:
    """Return the handlers of the tasks that call mSale."""
    handlers = Tasks(noted=tasks.noted)
    ConnectionTasks(msale, sealer).add_to(handlers)
    withdrawals.add_task_handlers(handlers, msale)
    esims.add_task_handlers(handlers, msale, sealer)
    return handlers


def jobs(settings: Settings) -> Jobs:
    """Return the jobs of all nouns."""
    gathered = Jobs()
    dossiers.add_jobs(gathered, settings)
    return gathered
