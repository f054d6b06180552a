"""HTTP: the customer chooses how to receive the SIM (F3.7 to F3.10)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from kit import clock
from kit.auth import Customer
from kit.db import Transaction
from kit.dependencies import RequestSealer, RequestSigner
from kit.http import problems
from kit.replication_lag import HoldNotReplicated
from kit.tokens import Signer
from shipping.deliveries import commands, queries
from shipping.deliveries.commands import Choice
from shipping.deliveries.domain import (
    Delivery,
    DeliverySettled,
    Doorstep,
    HoldIsOver,
    NoSuchDelivery,
    NothingToDeliver,
)
from shipping.deliveries.queries import DeliveryView
from shipping.holds.domain import NoSuchHold
from shipping.settings import RequestSettings, Settings
from shipping.stores.domain import UnknownStore, store_of
from values.labels import Label
from values.phones import Phone
from values.wards import WardCode, ward_of

router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"])

Line = Annotated[Label, Field(max_length=200)]


def nothing_said(note: object) -> object:
    """Read an empty field of a form as none."""
    return None if isinstance(note, str) and not note.strip() else note


class AtHome(BaseModel):
    """Bring it to this door (F3.10)."""

    model_config = ConfigDict(extra="forbid")

    delivery: Literal["HOME"]
    recipient: Line
    phone: Phone
    ward_code: WardCode
    street: Line
    note: Annotated[Label | None, BeforeValidator(nothing_said)] = None

    def choice(self) -> Choice:
        """Check the address; the region follows from the ward."""
        ward = ward_of(self.ward_code)
        doorstep = Doorstep(self.recipient, self.phone, self.street, self.note)
        return Choice("HOME", ward.code, ward.region, doorstep=doorstep)


class AtStore(BaseModel):
    """I collect it at this store (F3.9)."""

    model_config = ConfigDict(extra="forbid")

    delivery: Literal["STORE"]
    store_code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{4,16}$")]

    def choice(self) -> Choice:
        """Check the store; ward and region are its own."""
        store = store_of(self.store_code)
        return Choice("STORE", store.ward.code, store.region, store_code=store.code)


@router.put(
    "/{hold_id}",
    summary="Choose home delivery or a store",
    responses=problems(
        NoSuchHold,
        HoldNotReplicated,
        NothingToDeliver,
        HoldIsOver,
        DeliverySettled,
        UnknownStore,
    ),
)
async def choose_delivery(
    hold_id: UUID,
    body: Annotated[AtHome | AtStore, Field(discriminator="delivery")],
    customer: Customer,
    tx: Transaction,
    sealer: RequestSealer,
    signer: RequestSigner,
    settings: RequestSettings,
) -> DeliveryView:
    """Keep the choice and sign it for the order; send it again to change it until F4.8."""
    delivery = await commands.choose(
        tx, sealer, hold_id, customer.subject_id, body.choice(), now=clock.now()
    )
    return queries.view(delivery, sealer, _slip(delivery, signer, settings))


@router.get("/{hold_id}", summary="What I chose", responses=problems(NoSuchDelivery))
async def read_delivery(
    hold_id: UUID,
    customer: Customer,
    tx: Transaction,
    sealer: RequestSealer,
    signer: RequestSigner,
    settings: RequestSettings,
) -> DeliveryView:
    """Show the caller's own choice, with a fresh signed slip."""
    delivery = await queries.of_customer(tx, hold_id, customer.subject_id)
    return queries.view(delivery, sealer, _slip(delivery, signer, settings))


def _slip(delivery: Delivery, signer: Signer, settings: Settings) -> str:
    return signer.sign("delivery", delivery.claims(), ttl=settings.choice_ttl)
