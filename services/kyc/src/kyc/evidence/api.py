"""HTTP: the form a customer signs, as it was judged (F5a.9, F5b.8)."""

from uuid import UUID

from fastapi import APIRouter, Response

from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.db import Transaction
from kit.dependencies import RequestSealer, RequestSigner
from kit.http import problems
from kyc.evidence.queries import DeclarationView, check_of, papers_of, passed_session_of
from kyc.journeys.domain import JourneyClosed
from kyc.sessions.states import NoSuchSession, NotPassed
from kyc.settings import RequestSettings

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])


@router.get(
    "/{session_id}/declaration",
    responses=problems(ActivationChannel, NoSuchSession, NotPassed, JourneyClosed),
)
async def read_declaration_to_sign(
    session_id: UUID,
    customer: ActivatingCustomer,
    tx: Transaction,
    settings: RequestSettings,
    sealer: RequestSealer,
    signer: RequestSigner,
    response: Response,
) -> DeclarationView:
    """Show the form the customer will sign, with kyc's signature on it (F5a.9, F5b.8)."""
    session, journey = await passed_session_of(tx, session_id, customer.subject_id)
    papers = await papers_of(tx, session)
    form = papers.form(sealer)
    if form is None:
        raise NotPassed(session.status)
    claims = form | check_of(session, journey, papers)
    response.headers["Cache-Control"] = "no-store"
    slip = signer.sign("declaration", claims, ttl=settings.declaration_ttl)
    return DeclarationView(form=form, declaration=slip)
