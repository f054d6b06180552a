"""HTTP: the subscriber registration form of a hold."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from hold.holds.queries import Slip
from hold.holds.states import HoldClosed, NoSuchHold
from hold.registrations import commands, queries
from hold.registrations.domain import Form, NoRegistration, RegistrationInvalid
from hold.settings import RequestSettings
from kit import clock
from kit.auth import Customer
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from values.sexes import GivenSex

router = APIRouter(prefix="/v1/holds/{hold_id}/registration", tags=["registrations"])


class RegistrationForm(BaseModel):
    """The form as it was typed (F3.3). Anything may be sent; the answer tells every fault."""

    full_name: str = Field(default="", max_length=400)
    date_of_birth: str = Field(default="", max_length=40, examples=["1990-05-18"])
    sex: str = Field(default="", max_length=20, description="MALE or FEMALE (also Nam, Nữ, M, F)")
    id_number: str | None = Field(default=None, max_length=40)
    nationality: str = Field(default="VNM", max_length=40)
    contact_phone: str = Field(default="", max_length=40, description="A Vietnamese mobile number")
    email: str | None = Field(default=None, max_length=320, description="Required for an eSIM")
    address: str = Field(default="", max_length=1000)
    ward_code: str = Field(default="", max_length=40)
    referrer_code: str | None = Field(default=None, max_length=80)

    def form(self) -> Form:
        """Hand it to the rules."""
        return Form(**self.model_dump())


class RegistrationView(BaseModel):
    """The registration as its owner sees it."""

    full_name: str | None = None
    date_of_birth: str | None = None
    sex: GivenSex | None = None
    id_number: str | None = None
    nationality: str | None = None
    contact_phone: str | None = None
    email: str | None = None
    address: str | None = None
    ward_code: str | None = None
    referrer_code: str | None = None


@router.put(
    "",
    summary="Give or mend the subscriber information",
    responses=problems(NoSuchHold, HoldClosed, RegistrationInvalid),
)
async def register(
    hold_id: UUID,
    body: RegistrationForm,
    customer: Customer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
) -> Slip:
    """Send the form (F3.3): if nothing is wrong with it the slip is issued (F3.4, F3.5)."""
    hold = await commands.register(
        tx,
        hold_id,
        customer.subject_id,
        body.form(),
        sealer=sealer,
        terms=settings.terms,
        now=clock.now(),
    )
    return Slip.model_validate(hold)


@router.get("", summary="My subscriber information", responses=problems(NoSuchHold, NoRegistration))
async def read_registration(
    hold_id: UUID, customer: Customer, tx: Transaction, sealer: RequestSealer
) -> RegistrationView:
    """Show what the owner of the hold has typed."""
    data = await queries.registration_of(tx, hold_id, customer.subject_id, sealer=sealer)
    return RegistrationView.model_validate(data)
