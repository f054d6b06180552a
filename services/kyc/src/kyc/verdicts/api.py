"""HTTP: a customer has the information verified (F5a.6, F5b.5)."""

from uuid import UUID

from fastapi import APIRouter

from kit import clock
from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.db import Transaction
from kit.http import problems
from kit.tasks import RequestTasks
from kyc.sessions.queries import SessionView, view
from kyc.sessions.states import Incomplete, NoSuchSession, SessionMoved, TooManyAttempts
from kyc.settings import RequestSettings
from kyc.verdicts import commands

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])


@router.post(
    "/{session_id}/verify",
    status_code=202,
    responses=problems(ActivationChannel, NoSuchSession, SessionMoved, Incomplete, TooManyAttempts),
)
async def verify(
    session_id: UUID,
    customer: ActivatingCustomer,
    tx: Transaction,
    settings: RequestSettings,
    tasks: RequestTasks,
) -> SessionView:
    """Have mobi eKYC verify the information (F5a.6, F5b.5)."""
    session = await commands.verify(
        tx,
        session_id,
        customer.subject_id,
        tasks=tasks,
        settings=settings,
        now=clock.now(),
    )
    return await view(tx, session, settings, now=clock.now())
