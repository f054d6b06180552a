"""Requests made up from the OpenAPI documents: no answer is undocumented, and none is a 5xx.

`make fuzz` makes up many (`FUZZ_EXAMPLES` for each operation), new ones each time, and prints their
seed; `make test` makes up a few, always the same (`FUZZ_SEED`).
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import jwt
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as response_checks
from tests.e2e.callers import HOUR, Callers, gathered

from demo.actors import Actors
from events.ids import uuid7
from kit.tokens import Signer
from values.roles import STAFF_ROLES

SERVICES: Final = (
    *("identity", "catalog", "hold", "order", "shipping", "kyc", "videocall", "activation"),
    "notification",
)
CALLERS: Final = ("nobody", "customer", "partner", "staff")
SEED: Final = int(os.environ.get("FUZZ_SEED") or 1)
EXAMPLES: Final = int(os.environ.get("FUZZ_EXAMPLES", "3"))
CHECKS: Final[list[Any]] = [
    checks.not_a_server_error,
    response_checks.status_code_conformance,
    response_checks.content_type_conformance,
    response_checks.response_schema_conformance,
]
ANSWER_SECONDS: Final = 30
STREAM_SECONDS: Final = 1
"""Seconds to read of a stream that does not end; only its beginning is described."""
NOWHERE: Final = "http://127.0.0.1:9/in"
"""An address where no server listens: made-up webhooks must not make us call strangers."""


@pytest.fixture(scope="module")
async def fuzz_callers(suite: dict[str, Any], actors: Actors) -> Callers:
    callers = await gathered(actors, Path(suite["state"]))
    everything = {"sub": str(uuid7()), "kind": "staff", "roles": list(STAFF_ROLES), "regions": []}
    signer = Signer(Path(suite["state"]) / "keys", "identity")
    callers.tokens["staff"] = signer.sign(
        "chonso", everything | {"shop_code": "2HCM0001"}, ttl=HOUR
    )
    lan = jwt.decode(callers.tokens["customer"], options={"verify_signature": False})
    lan.pop("sid")  # of no sign-in: a made-up sign-out must not leave a customer who may do nothing
    callers.tokens["customer"] = signer.sign("chonso", lan, ttl=HOUR)
    return callers


class Fuzzer:
    """Asks every operation of a service as each caller, and keeps what was not as documented.

    Making a request up takes longer than asking: each is asked as everybody.
    """

    def __init__(self, address: str, tokens: dict[str, str | None], story: dict[str, str]) -> None:
        self.address, self.story = address, story
        self.callers = {caller: _session(token) for caller, token in tokens.items()}
        self.faults: dict[str, str] = {}
        self.asked = 0

    def fuzz(self, operation: Any, number: int) -> None:
        """Make up requests for one operation: right ones and wrong ones."""
        for mode in GenerationMode:
            cases = operation.as_strategy(generation_mode=mode)

            @seed(number)
            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(cases, st.booleans())
            def ask(case: Case[Any], real: bool) -> None:  # noqa: FBT001, drawn by hypothesis
                self._ask(case, real=real)

            with contextlib.suppress(Unsatisfiable):  # nothing about this request can be wrong
                ask()

    def _ask(self, case: Case[Any], *, real: bool) -> None:
        if real:  # what exists, so that the request gets past the first "there is no such"
            known = self.story.items() & {(n, self.story.get(n)) for n in case.path_parameters}
            case.path_parameters.update(dict(known))
        if isinstance(case.body, dict) and "url" in case.body:
            case.body["url"] = NOWHERE
        for caller in self.callers:
            self._ask_as(caller, case)

    def _ask_as(self, caller: str, case: Case[Any]) -> None:
        self.asked += 1
        session, headers = self.callers[caller]
        patience = STREAM_SECONDS if case.path.endswith("/stream") else ANSWER_SECONDS
        answer = case.call(self.address, session, headers, timeout=patience)
        session.cookies.clear()
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failures:
            for failure in failures.exceptions:
                asked = f"{case.method} {case.path} as {caller}"
                name = f"{asked}: {answer.status_code} {failure.title}"
                self.faults.setdefault(
                    name, f"{str(failure)[:300]}\n{case.as_curl_command()[:600]}"
                )


@pytest.mark.parametrize("service", SERVICES)
def test_every_answer_is_a_documented_one(
    suite: dict[str, Any], fuzz_callers: Callers, service: str
) -> None:
    address = f"{suite['gateway']}/api/{service}"
    document = httpx.get(f"{address}/openapi.json").raise_for_status().json()
    callers = {caller: fuzz_callers.tokens.get(caller) for caller in CALLERS}
    fuzzer = Fuzzer(address, callers, fuzz_callers.story)
    for operation in _operations(document):
        fuzzer.fuzz(operation, SEED)
    assert fuzzer.asked, "nothing was asked"
    told = "\n\n".join(f"{name}\n{why}" for name, why in sorted(fuzzer.faults.items()))
    assert not fuzzer.faults, f"FUZZ_SEED={SEED}: {len(fuzzer.faults)} undocumented\n{told}"


def test_an_undocumented_answer_is_found(suite: dict[str, Any], fuzz_callers: Callers) -> None:
    address = f"{suite['gateway']}/api/order"
    document = httpx.get(f"{address}/openapi.json").raise_for_status().json()
    for methods in document["paths"].values():
        for described in methods.values():
            described["responses"].pop("401", None)
    fuzzer = Fuzzer(address, {"nobody": None}, fuzz_callers.story)
    orders = next(each for each in _operations(document) if "orders" in each.path)
    fuzzer.fuzz(orders, 1)
    assert any("401" in name for name in fuzzer.faults)


def _session(token: str | None) -> tuple[requests.Session, dict[str, str]]:
    """Keep a connection for a caller: one for each request would take most of the time."""
    session = requests.Session()
    session.trust_env = False
    return session, {"Authorization": f"Bearer {token}"} if token else {}


def _operations(document: dict[str, Any]) -> Iterator[Any]:
    for result in schemathesis.openapi.from_dict(document).get_all_operations():
        yield result.ok()  # type: ignore[union-attr]
