"""HTTP: the customer's last steps, from the SIM's serial to the signature (F5a.9-10, F5b.8-9)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from activation.activations import queries
from activation.activations.domain.signing import DeclarationOutdated, SerialMismatch
from activation.activations.queries import ActivationView
from activation.activations.states import ActivationClosed, NoSuchActivation, NotReadyYet
from activation.dossiers import commands
from activation.dossiers.commands import PhoneProofUsed
from activation.dossiers.domain import ConsentMissing, NotASignature, check_drawing
from activation.dossiers.queries import MyActivation, page
from activation.settings import RequestSettings, Settings
from kit import clock
from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.auth import Customer
from kit.db import Transaction
from kit.dependencies import RequestSealer, from_app
from kit.http import problems
from kit.images import NotAPicture, PictureBody
from kit.paging import After, Limit, Page, UnknownCursor
from kit.replication_lag import HoldNotReplicated
from kit.tokens import BadSlip, Verifier
from values.sim_serials import SimSerial

Declarations = Annotated[Verifier, from_app(Verifier, "declarations")]
PhoneProofs = Annotated[Verifier, from_app(Verifier, "phone_proofs")]
router = APIRouter(prefix="/v1/activations", tags=["activation"])
_decoder = ThreadPoolExecutor(1, thread_name_prefix="signatures")  # its memory is needed once


class Serial(BaseModel):
    """The serial printed on the SIM card (F5a.9)."""

    sim_serial: SimSerial


class Signature(BaseModel):
    """The parts a signature binds together: form, drawing, phone proof and consents."""

    declaration: str = Field(max_length=20_000)
    """The form of the identity check, signed by it."""
    signature_png_base64: str = Field(max_length=500_000)
    phone_proof: str = Field(max_length=5_000)
    """Proof that the code sent by SMS came back, for signing."""
    consents: set[Literal["CONTRACT", "IDENTITY_CHECK", "CALL_RECORDING", "MARKETING"]]


@router.get("", summary="My activations, with what I agreed to", responses=problems(UnknownCursor))
async def list_activations(
    customer: Customer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
    limit: Limit = 20,
    after: After = None,
) -> Page[MyActivation]:
    """List the customer's activations, newest first: their steps to come, and the consents."""
    return await page(
        tx,
        customer.subject_id,
        allowed=settings.deadline,
        sealer=sealer,
        limit=limit,
        after=after,
    )


@router.get("/{hold_id}", responses=problems(NoSuchActivation))
async def read_activation(
    hold_id: UUID, customer: Customer, tx: Transaction, settings: RequestSettings
) -> ActivationView:
    """Show the status of a hold's activation, and the steps to come."""
    return await queries.activation_of(tx, hold_id, customer.subject_id, allowed=settings.deadline)


@router.put(
    "/{hold_id}/sim",
    responses=problems(
        ActivationChannel,
        NoSuchActivation,
        HoldNotReplicated,
        ActivationClosed,
        SerialMismatch,
        NotReadyYet,
    ),
)
async def enter_serial(
    hold_id: UUID,
    body: Serial,
    customer: ActivatingCustomer,
    tx: Transaction,
    settings: RequestSettings,
) -> ActivationView:
    """Enter the serial printed on the SIM (F5a.9)."""
    await commands.enter_serial(tx, hold_id, customer.subject_id, body.sim_serial)
    return await _view(tx, hold_id, customer.subject_id, settings)


@router.put(
    "/{hold_id}/sim-photo",
    status_code=204,
    responses=problems(
        ActivationChannel, NoSuchActivation, HoldNotReplicated, ActivationClosed, NotAPicture
    ),
)
async def photograph_sim(
    hold_id: UUID,
    photo: PictureBody,
    customer: ActivatingCustomer,
    tx: Transaction,
    sealer: RequestSealer,
) -> None:
    """Keep the photo of the SIM (F5a.9)."""
    await commands.keep_sim_photo(
        tx, hold_id, customer.subject_id, photo, sealer=sealer, now=clock.now()
    )


@router.post(
    "/{hold_id}/signature",
    responses=problems(
        ActivationChannel,
        NoSuchActivation,
        HoldNotReplicated,
        NotReadyYet,
        ActivationClosed,
        NotASignature,
        ConsentMissing,
        DeclarationOutdated,
        PhoneProofUsed,
        BadSlip,
    ),
)
async def sign(
    hold_id: UUID,
    body: Signature,
    customer: ActivatingCustomer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
    declarations: Declarations,
    phone_proofs: PhoneProofs,
) -> ActivationView:
    """Sign the dossier (F5a.9, F5b.8)."""
    loop = asyncio.get_running_loop()
    signature = await loop.run_in_executor(_decoder, check_drawing, body.signature_png_base64)
    await commands.sign(
        tx,
        hold_id,
        customer.subject_id,
        declaration=declarations.open(body.declaration),
        proof=_own_proof(phone_proofs.open(body.phone_proof), customer.phone),
        signature=signature,
        consents=set(body.consents),
        sealer=sealer,
        now=clock.now(),
    )
    return await _view(tx, hold_id, customer.subject_id, settings)


@router.post(
    "/{hold_id}/submit",
    responses=problems(
        ActivationChannel, NoSuchActivation, HoldNotReplicated, NotReadyYet, ActivationClosed
    ),
)
async def submit(
    hold_id: UUID, customer: ActivatingCustomer, tx: Transaction, settings: RequestSettings
) -> ActivationView:
    """Send the activation information (F5a.10, F5b.9)."""
    await commands.submit(tx, hold_id, customer.subject_id, now=clock.now())
    return await _view(tx, hold_id, customer.subject_id, settings)


async def _view(
    tx: Transaction, hold_id: UUID, customer_id: UUID, settings: Settings
) -> ActivationView:
    await tx.flush()
    return await queries.activation_of(tx, hold_id, customer_id, allowed=settings.deadline)


def _own_proof(proof: dict[str, Any], phone: str | None) -> dict[str, Any]:
    if proof.get("purpose") != "SIGN" or proof.get("phone") != phone:
        raise BadSlip
    return proof
