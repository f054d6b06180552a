"""The clients in which a customer may activate a SIM: the law asks for the operator's own app.

LAW01 allows registering online through the operator's app, not on a web site (SYS02). Services of
the activation take their settings from `ActivationSettings`, and the customer of a route that
changes or shows documents as `ActivatingCustomer`.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from pydantic import field_validator
from pydantic_settings import NoDecode

from kit.auth import Caller, Customer
from kit.dependencies import from_app
from kit.errors import Refused
from kit.settings import ServiceSettings
from values.clients import ClientKind


class ActivationSettings(ServiceSettings):
    """The settings of a service that takes part in the activation."""

    activation_channels: Annotated[frozenset[ClientKind], NoDecode] = frozenset({"app"})
    """The clients in which customers may activate, with commas between them (LAW01, SYS02)."""

    @field_validator("activation_channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.replace(" ", "").split(",") if isinstance(value, str) else value


@dataclass(eq=False)
class ActivationChannel(Refused):
    """Open this in the installed app: the law does not allow it in a browser."""

    channels: list[ClientKind]
    """The clients in which it is allowed."""


Settings = Annotated[ActivationSettings, from_app(ActivationSettings, "settings")]


async def _activating_customer(customer: Customer, settings: Settings) -> Caller:
    if customer.client not in settings.activation_channels:
        raise ActivationChannel(sorted(settings.activation_channels))
    return customer


ActivatingCustomer = Annotated[Caller, Depends(_activating_customer)]
"""A customer whose client may activate; raises `ActivationChannel` for others."""
