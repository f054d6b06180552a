"""Wires the order service together. The only module that knows every other."""

import httpx
from fastapi import FastAPI

from kit.db import Database
from kit.sealing import Sealer
from kit.service import assemble
from kit.tokens import Signer, Verifier
from order.cancels import api as cancels
from order.consumers import listening
from order.invoices import api as invoices
from order.jobs import jobs, task_handlers
from order.journey_pages import api as journey_pages
from order.lists import api as lists
from order.payments import api as payments
from order.placing import api as placing
from order.quotes import api as quotes
from order.refunds import api as refunds
from order.routing import api as routing
from order.settings import Settings
from order.settling import api as settling
from order.stages import api as stages
from order.timeline import api as timeline
from order.vnpay.gateways import VnPay

ROUTERS = (
    quotes.router,
    placing.router,
    lists.router,
    cancels.router,
    routing.router,
    payments.router,
    settling.router,
    invoices.router,
    refunds.router,
    timeline.router,
    stages.router,
    journey_pages.router,
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
        tasks=task_handlers(vnpay, settings),
        jobs=jobs(settings),
        parts={
            "vnpay": vnpay,
            "sealer": Sealer(settings.keys_dir, "order"),
            "deliveries": Verifier(settings.keys_dir, "shipping", "delivery"),
            "signer": Signer(settings.keys_dir, "order"),
        },
    )


def app() -> FastAPI:
    """Build the service from the environment, for `uvicorn --factory order.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
