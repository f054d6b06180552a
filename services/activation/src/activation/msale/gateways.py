"""The gateway to mSale, the operator's connection system (SC.1), and the tasks that call it."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel, SecretStr, ValidationError, WrapValidator
from pydantic import ValidatorFunctionWrapHandler as Reader

from activation.activations.domain import Activation
from kit.db import Tx
from kit.dependencies import from_app
from kit.errors import NotFound, Unavailable
from kit.tasks import PermanentError, Tasks, error_of
from values.moments import Moment

SEND: Final = "send-to-msale"
DECIDE: Final = "decide-at-msale"
SYNC: Final = "sync-from-msale"
REISSUE: Final = "reissue-at-msale"
WITHDRAW: Final = "withdraw-at-msale"
MOVED_ON: Final = "ANSWERED_409"
"""The dossier was decided or withdrawn in the meantime."""

SOON: Final = timedelta(seconds=0.3)
"""The time mSale usually takes to carry out a decision."""

tasks = Tasks()


async def add_task(tx: Tx, kind: str, activation: Activation, *, due_at: datetime) -> None:
    """Add a task about the newest submission; one that waits for a person is tried anew."""
    assert activation.request_id, "nothing was ever sent to mSale"
    await tasks.add(
        tx, kind, ref=activation.request_id, due_at=due_at, region=activation.region, anew=True
    )


async def ask_soon(tx: Tx, activation: Activation, *, now: datetime) -> None:
    """Ask mSale for the result in a moment."""
    await add_task(tx, SYNC, activation, due_at=now + SOON)


@dataclass(eq=False)
class MsaleUnavailable(Unavailable):
    """mSale does not answer as it should; we try again by ourselves."""

    because: str


class UnsignedCall(NotFound):
    """There is nothing here."""


T = TypeVar("T")


def _or_none(written: Any, read: Reader) -> Any:
    """Take an unreadable field for a missing one: it must not hide that the SIM is connected."""
    try:
        return read(written)
    except ValidationError:
        return None


IfReadable = Annotated[T | None, WrapValidator(_or_none)]


class Withdrawal(BaseModel):
    """mSale's answer about a dossier asked back: WITHDRAWN, or the state it had reached."""

    state: Literal["CONNECTING", "CONNECTED", "REFUSED", "WITHDRAWN"]
    connection_id: IfReadable[UUID] = None
    """mSale's id of it, which we may not have been told before."""


class Connection(BaseModel):
    """A connection as mSale sees it."""

    connection_id: UUID
    request_id: IfReadable[UUID] = None
    state: Literal["QUEUED", "CONNECTING", "CONNECTED", "REFUSED", "WITHDRAWN"]
    officer_id: IfReadable[UUID] = None
    reason_code: IfReadable[str] = None
    reason_text: IfReadable[str] = None
    connected_at: IfReadable[Moment] = None
    esim: Any = None
    """The code as mSale wrote it; `esims.domain.read_code` reads it."""


class Msale:
    """Speaks to mSale over HTTP. Every call may be repeated: mSale knows our request ids."""

    def __init__(self, url: str, secret: SecretStr, client: httpx.AsyncClient) -> None:
        self._url, self._secret, self._client = url.rstrip("/"), secret, client

    async def request_connection(self, request_id: UUID, dossier: dict[str, Any]) -> UUID:
        """Put a dossier into the connection queue (P4.1); return mSale's id of it."""
        body = {"request_id": str(request_id)} | dossier
        return UUID((await self._call("POST", "/v1/connections", body))["connection_id"])

    async def decide(self, connection_id: UUID, decision: dict[str, Any]) -> None:
        """Hand over the officer's decision (P6.1); its result is asked for afterwards."""
        try:
            await self._call("POST", f"/v1/connections/{connection_id}/decision", decision)
        except PermanentError as error:
            if error.reason_code != MOVED_ON:
                raise

    async def read(self, connection_id: UUID, request_id: UUID) -> Connection:
        """Ask how a connection stands (F5a.12, F5b.11); another's result is not taken for ours."""
        answer = await self._call("GET", f"/v1/connections/{connection_id}")
        connection = Connection.model_validate(answer)
        if connection.request_id not in (None, request_id):
            raise PermanentError("RESULT_OF_ANOTHER")
        return connection

    async def withdraw(self, request_id: UUID) -> Withdrawal:
        """Ask for a dossier back, even if it has not arrived yet; return its fate."""
        return Withdrawal.model_validate(
            await self._call("POST", f"/v1/requests/{request_id}/withdrawal")
        )

    async def reissue(self, connection_id: UUID, request_id: UUID) -> Any:
        """Ask for a new code for the same subscriber (G29)."""
        path = f"/v1/connections/{connection_id}/esim/reissue"
        answer = await self._call("POST", path, key=request_id)
        return answer.get("esim", answer)

    def verify(self, body: bytes, signature: str) -> None:
        """Refuse a call that mSale did not sign."""
        secret = self._secret.get_secret_value().encode()
        expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise UnsignedCall

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None, key: UUID | None = None
    ) -> dict[str, Any]:
        headers = {"Idempotency-Key": str(key)} if key else {}
        try:
            answer = await self._client.request(
                method, self._url + path, json=body, headers=headers
            )
        except httpx.HTTPError as error:
            raise MsaleUnavailable(type(error).__name__) from error
        if not answer.is_success:
            raise error_of(answer.status_code)
        try:
            content = answer.json()
        except ValueError as error:
            raise MsaleUnavailable("its answer is no JSON") from error
        if not isinstance(content, dict):
            raise MsaleUnavailable("its answer is no JSON object")
        return content


RequestMsale = Annotated[Msale, from_app(Msale)]
