"""What routes need besides the database: the payment gateway, seals, other services' slips."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from kit.sealing import Sealer
from kit.tokens import Verifier
from order.payments.gateways import VnPay
from order.settings import Settings


def _settings(request: Request) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def _vnpay(request: Request) -> VnPay:
    vnpay = request.app.state.vnpay
    assert isinstance(vnpay, VnPay)
    return vnpay


def _sealer(request: Request) -> Sealer:
    sealer = request.app.state.sealer
    assert isinstance(sealer, Sealer)
    return sealer


def _deliveries(request: Request) -> Verifier:
    deliveries = request.app.state.deliveries
    assert isinstance(deliveries, Verifier)
    return deliveries


Config = Annotated[Settings, Depends(_settings)]
Gateway = Annotated[VnPay, Depends(_vnpay)]
OurSealer = Annotated[Sealer, Depends(_sealer)]
Deliveries = Annotated[Verifier, Depends(_deliveries)]


@dataclass(frozen=True)
class PlacingMeans:
    """All of them, for the route that places an order."""

    config: Config
    sealer: OurSealer
    deliveries: Deliveries
    gateway: Gateway


Means = Annotated[PlacingMeans, Depends()]
