"""Wires the order service together. The only module that knows every other."""

import httpx
from fastapi import FastAPI

from kit.db import Database
from kit.jobs import Jobs
from kit.sealing import Sealer
from kit.service import assemble
from kit.tokens import Verifier
from order.cancels import api as cancels
from order.cancels import jobs as return_jobs
from order.consumers import listening
from order.orders import api as orders
from order.payments import api as payments
from order.payments import jobs as payment_jobs
from order.payments.gateways import VnPay
from order.placing import api as placing
from order.routing import api as routing
from order.settings import Settings
from order.timeline import api as timeline

ROUTERS = (
    placing.router,
    orders.router,
    cancels.router,
    routing.router,
    payments.router,
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
    jobs = Jobs()
    payment_jobs.add_to(jobs, settings)
    return_jobs.add_to(jobs)
    return assemble(
        "order",
        settings,
        db=db,
        routers=ROUTERS,
        subscriptions=listening(settings),
        tasks=payment_jobs.errands(vnpay, settings),
        jobs=jobs,
        state={
            "vnpay": vnpay,
            "sealer": Sealer(settings.keys_dir, "order"),
            "deliveries": Verifier(settings.keys_dir, "shipping", "delivery"),
        },
    )


def app() -> FastAPI:
    """Build the service from the environment, for `uvicorn --factory order.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
