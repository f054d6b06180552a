"""Gathers the nouns' jobs, which run by the clock, and the handlers of their tasks."""

from kit.jobs import Jobs
from kit.tasks import Tasks
from order.cancels import jobs as cancels
from order.refunds import jobs as refunds
from order.settings import Settings
from order.settling import jobs as settling
from order.vnpay.gateways import VnPay, tasks


def task_handlers(vnpay: VnPay, settings: Settings) -> Tasks:
    """Return the handlers of the tasks that call VNPay."""
    handlers = Tasks(noted=tasks.noted)
    settling.add_task_handlers(handlers, vnpay, settings)
    refunds.add_task_handlers(handlers, vnpay, settings)
    return handlers


def jobs(settings: Settings) -> Jobs:
    """Return the jobs of all nouns."""
    gathered = Jobs()
    settling.add_to(gathered, settings)
    refunds.add_to(gathered, settings)
    cancels.add_to(gathered)
    return gathered
