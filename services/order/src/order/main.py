"""Wires the order service together. The only module that knows every other."""

import httpx
from fastapi import FastAPI

from kit.db import Database
from kit.jobs import Jobs
from kit.sealing import Sealer
from kit.service import assemble
from kit.tasks import Tasks
from kit.tokens import Signer, Verifier
from order.cancels import api as cancels
from order.cancels import jobs as return_jobs
from order.consumers import listening
from order.gateways import Contacts
from order.lists import api as lists
from order.placing import api as placing
from order.refunds import api as refunds
from order.refunds import jobs as refund_jobs
from order.routing import api as routing
from order.settings import Settings
from order.settling import api as settling
from order.settling import jobs as settling_jobs
from order.timeline import api as timeline
from order.vnpay.gateways import VnPay, tasks

ROUTERS = (
    placing.router,
    lists.router,
    cancels.router,
    routing.router,
    settling.router,
    refunds.router,
    timeline.router,
)


def create_app(settings: Settings, db: Database, http: httpx.AsyncClient | None = None) -> FastAPI:
    """Build the service from its parts; `http` is how it reaches the payment gateway."""
    vnpay = VnPay(
        http=http or httpx.AsyncClient(timeout=settings.gateway_seconds),
        url=settings.vnpay_url.rstrip("/"),
        api_url=(settings.vnpay_api_url or settings.vnpay_url).rstrip("/"),
        tmn_code=settings.vnpay_tmn_code,
        secret=settings.vnpay_secret,
        return_url=f"{settings.public_url}/api/order/v1/payments/vnpay/return",
        ip_addr=settings.vnpay_ip_addr,
    )
    return assemble(
        "order",
        settings,
        db=db,
        routers=ROUTERS,
        subscriptions=listening(settings),
        tasks=errands(vnpay, settings),
        jobs=jobs(settings),
        state={
            "vnpay": vnpay,
            "sealer": Sealer(settings.keys_dir, "order"),
            "deliveries": Verifier(settings.keys_dir, "shipping", "delivery"),
            "contacts": Contacts(Signer(settings.keys_dir, "order")),
        },
    )


def errands(gateway: VnPay, config: Settings) -> Tasks:
    """Tie what is done after a commit to the payment gateway."""
    tied = Tasks(noted=tasks.noted)
    settling_jobs.add_errands(tied, gateway, config)
    refund_jobs.add_errands(tied, gateway, config)
    return tied


def jobs(config: Settings) -> Jobs:
    """Return what the clock triggers."""
    all_jobs = Jobs()
    settling_jobs.add_to(all_jobs, config)
    refund_jobs.add_to(all_jobs, config)
    return_jobs.add_to(all_jobs)
    return all_jobs


def app() -> FastAPI:
    """Build the service from the environment, for `uvicorn --factory order.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
