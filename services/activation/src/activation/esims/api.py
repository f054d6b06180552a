"""HTTP: the customer's eSIM, and the download server's word about it (F5b.13-F5b.20)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, Field

from activation.activations.queries import ActivationView, activation_of
from activation.activations.states import ActivationClosed, NoSuchActivation
from activation.esims import commands, queries
from activation.esims.domain import TooManyCodes
from activation.esims.queries import EsimCard
from activation.incidents.domain import UnderReview
from activation.msale.gateways import RequestMsale, UnsignedCall
from activation.settings import RequestSettings
from kit import clock
from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.replication_lag import HoldNotReplicated

router = APIRouter(tags=["eSIM"])
NO_STORE = {"Cache-Control": "no-store"}


class Scan(BaseModel):
    """The button the customer pressed on the slip (F5b.15, F5b.17)."""

    result: Literal["SUCCEEDED", "FAILED"]
    reason_code: Literal[
        "DEVICE_NOT_ESIM",
        "DEVICE_LOCKED",
        "NO_INTERNET",
        "CODE_USED",
        "CODE_EXPIRED",
        "CONFIRMATION_CODE",
        "MEMORY_FULL",
        "UNKNOWN",
    ] = "UNKNOWN"


@router.get(
    "/v1/activations/{hold_id}/esim",
    responses=problems(ActivationChannel, NoSuchActivation, UnderReview),
)
async def read_esim(
    hold_id: UUID,
    customer: ActivatingCustomer,
    tx: Transaction,
    sealer: RequestSealer,
    response: Response,
) -> EsimCard:
    """Show QR code, install links and manual code (F5b.13, F5b.14)."""
    response.headers.update(NO_STORE)
    return await queries.card_of(tx, hold_id, customer.subject_id, sealer=sealer)


@router.get(
    "/v1/activations/{hold_id}/esim.png",
    response_class=Response,
    responses=problems(ActivationChannel, NoSuchActivation, UnderReview),
)
async def read_qr(
    hold_id: UUID, customer: ActivatingCustomer, tx: Transaction, sealer: RequestSealer
) -> Response:
    """Show the QR code as a picture (F5b.13)."""
    code = await queries.code_of(tx, hold_id, customer.subject_id, sealer=sealer)
    return Response(queries.png_of(code), media_type="image/png", headers=NO_STORE)


@router.post(
    "/v1/activations/{hold_id}/esim/scan",
    responses=problems(ActivationChannel, NoSuchActivation, HoldNotReplicated, ActivationClosed),
)
async def scanned(
    hold_id: UUID,
    body: Scan,
    customer: ActivatingCustomer,
    tx: Transaction,
    settings: RequestSettings,
) -> ActivationView:
    """Say whether the scan worked (F5b.14 TH1, TH2)."""
    await commands.scanned(
        tx,
        hold_id,
        customer.subject_id,
        result=body.result,
        reason_code=body.reason_code,
        now=clock.now(),
    )
    await tx.flush()
    return await activation_of(tx, hold_id, customer.subject_id, allowed=settings.deadline)


@router.post(
    "/v1/activations/{hold_id}/esim/reissue",
    status_code=202,
    responses=problems(
        ActivationChannel,
        NoSuchActivation,
        HoldNotReplicated,
        ActivationClosed,
        UnderReview,
        TooManyCodes,
    ),
)
async def reissue(
    hold_id: UUID, customer: ActivatingCustomer, tx: Transaction, settings: RequestSettings
) -> dict[str, str]:
    """Ask for a new code after a failed scan (F5b.20 TH1); the profile arrives in a moment."""
    limit = settings.esim_reissues
    await commands.ask_for_new_code(tx, hold_id, customer.subject_id, limit=limit, now=clock.now())
    return {"status": "REQUESTED"}


class Download(BaseModel):
    """A report of the eSIM download server (SM-DP+)."""

    matching_id: str = Field(pattern=r"^[A-Za-z0-9-]{1,64}$")
    result: Literal["INSTALLED", "FAILED"]


@router.post("/v1/smdp/notifications", status_code=204, responses=problems(UnsignedCall))
async def hear_smdp(
    request: Request,
    body: Download,
    tx: Transaction,
    msale: RequestMsale,
    sealer: RequestSealer,
    x_signature: Annotated[str, Header()] = "",
) -> None:
    """Hear that the profile is on a phone, without the customer's button (G31)."""
    msale.verify(await request.body(), x_signature)
    if body.result == "INSTALLED":
        await commands.downloaded(tx, body.matching_id, sealer=sealer, now=clock.now())
