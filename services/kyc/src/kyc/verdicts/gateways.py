"""mobi eKYC over HTTP (F5a.7, F5b.6). Its protocol is known here and nowhere else."""

import base64
from typing import Annotated, Any
from uuid import UUID

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from events.facts.kyc import FieldMatch
from kit.tasks import OutsideAway, PermanentError, error_of
from kyc.verdicts.domain import Answer, Result


class EkycRefused(Exception):
    """mobi eKYC will not judge this, however often it is asked."""


class _Fields(BaseModel):
    id_number: FieldMatch
    full_name: FieldMatch
    date_of_birth: FieldMatch
    face: FieldMatch


Printed = Annotated[str, Field(max_length=200)]


class _Captured(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    id_number: Printed | None = None
    full_name: Printed | None = None
    date_of_birth: Printed | None = None
    sex: Printed | None = None
    expires_on: Printed | None = None


class _Verification(BaseModel):
    # What cannot be read may hold a name: the error must not repeat it.
    model_config = ConfigDict(hide_input_in_errors=True)

    result: Result
    fields: _Fields
    liveness: str
    reasons: list[str] = []
    captured: _Captured = _Captured()


class EkycGateway:
    """Asks mobi eKYC about one attempt."""

    def __init__(self, http: httpx.AsyncClient, *, url: str, api_key: str) -> None:
        self._http, self._url, self._key = http, url.rstrip("/"), api_key

    async def verify(
        self, declaration: dict[str, Any], pictures: dict[str, bytes], *, idempotency_key: UUID
    ) -> Answer:
        """Return the verdict; the same key asked again gets the same one."""
        shown = {kind.lower(): base64.b64encode(jpeg).decode() for kind, jpeg in pictures.items()}
        declared = ("id_number", "full_name", "date_of_birth", "sex")
        question = {
            "request_id": str(idempotency_key),
            "document_kind": declaration["document_kind"],
            "declared": {name: declaration[name] for name in declared},
            **shown,
        }
        response = await self._ask(question, idempotency_key)
        if not response.is_success:
            error = error_of(response.status_code)
            raise EkycRefused(str(error)) if isinstance(error, PermanentError) else error
        return _answer(_read(response))

    async def _ask(self, question: dict[str, Any], key: UUID) -> httpx.Response:
        headers = {"X-Api-Key": self._key, "Idempotency-Key": str(key)}
        try:
            url = f"{self._url}/v1/verifications"
            return await self._http.post(url, json=question, headers=headers)
        except httpx.HTTPError as error:
            raise OutsideAway(type(error).__name__) from error


def _read(response: httpx.Response) -> _Verification:
    try:
        body = response.json()
    except ValueError as error:
        raise OutsideAway("its answer is no JSON") from error
    try:
        return _Verification.model_validate(body)
    except ValidationError as error:
        # Under the same key the same answer would come again: a person judges instead.
        raise EkycRefused("its answer cannot be read") from error


def _answer(verification: _Verification) -> Answer:
    return Answer(
        verification.result,
        verification.fields.id_number,
        verification.fields.full_name,
        verification.fields.date_of_birth,
        verification.fields.face,
        alive=verification.liveness == "PASS",
        reason_codes=tuple(verification.reasons),
        read={name: text for name, text in verification.captured if text},
    )
