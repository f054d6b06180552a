"""Callbacks: each is a row, and sent again and again until it is acknowledged."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Literal

import httpx

from kit.db import Tx
from simulators.faults import Faults
from simulators.payment import protocol as vnpay
from simulators.settings import Settings
from simulators.tasks import Attempt, Task, TaskQueue, TaskState

KIND: Final = "callback"
_HELD_SECONDS: Final = 5.0
_OVERTAKEN_SECONDS: Final = 0.3

Target = Literal["vnpay_ipn", "carrier_webhook", "msale_callback", "smdp_notification"]
SYSTEM: Final[dict[Target, str]] = {
    "vnpay_ipn": "payment",
    "carrier_webhook": "carrier",
    "msale_callback": "msale",
    "smdp_notification": "msale",
}


class Callbacks:
    """The messengers of all systems."""

    def __init__(
        self, settings: Settings, tasks: TaskQueue, faults: Faults, http: httpx.AsyncClient
    ) -> None:
        self._settings = settings
        self._tasks = tasks
        self._faults = faults
        self._http = http
        tasks.handle(KIND, self._send)

    async def queue(
        self, tx: Tx, target: Target, ref: str, message: Mapping[str, Any]
    ) -> Task | None:
        """Queue a callback; return its task, or nothing if none will be sent soon.

        `ref` is the object the message is about: its messages are sent one at a time.
        """
        if self._address(target) is None:
            return None
        system, lane = SYSTEM[target], f"{target}:{ref}"
        payload = {"target": target, "ref": ref, "message": dict(message)}
        add = partial(self._tasks.add, tx, KIND, lane=lane, payload=payload)
        if self._faults.take(system, "lost_callback"):
            add(state=TaskState.LOST)
            return None
        # What was held back may follow now that its successor overtakes it.
        await self._tasks.postpone_held(tx, lane, _OVERTAKEN_SECONDS)
        if late := self._faults.take(system, "out_of_order_callback"):
            add(after_seconds=late.delay(_HELD_SECONDS), held=True)
            return None
        task = add()
        if again := self._faults.take(system, "duplicate_callback"):
            add(after_seconds=again.delay(_OVERTAKEN_SECONDS))
        return task

    async def _send(self, task: Task) -> Attempt:
        target, message = task.payload["target"], task.payload["message"]
        address = self._address(target)
        if address is None:
            return Attempt(done=False, answer="nowhere to send it")
        is_forged = self._faults.take(SYSTEM[target], "wrong_signature") is not None
        secret = "another-secret" if is_forged else self._secret(target, address)
        request = _WRITERS[target](secret, address, message)
        try:
            response = await self._http.send(request)
        except httpx.HTTPError as error:
            return Attempt(done=False, answer=type(error).__name__)
        acknowledged = _is_acknowledged(target, response)
        return Attempt(acknowledged, f"{response.status_code} {response.text[:120]}")

    def _address(self, target: Target) -> str | None:
        address: str | None = getattr(self._settings, f"{target}_url")
        return address

    def _secret(self, target: Target, address: str) -> str:
        if target == "carrier_webhook":  # GHN signs nothing: its address is the secret
            return address.rpartition("/")[2]
        is_vnpay = target == "vnpay_ipn"
        secret = self._settings.vnpay_secret if is_vnpay else self._settings.msale_secret
        return secret.get_secret_value()


def signature(secret: str, body: bytes) -> str:
    """Return the hex HMAC-SHA256 that mSale writes into `X-Signature`."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _is_acknowledged(target: Target, response: httpx.Response) -> bool:
    if target != "vnpay_ipn":
        return response.is_success
    try:
        answer = response.json()
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("RspCode") in ("00", "02")


def _write_vnpay(secret: str, address: str, message: dict[str, Any]) -> httpx.Request:
    joint = "&" if "?" in address else "?"
    return httpx.Request("GET", f"{address}{joint}{vnpay.signed_query(secret, message)}")


def _write_ghn(secret: str, address: str, message: dict[str, Any]) -> httpx.Request:
    return httpx.Request("POST", f"{address.rpartition('/')[0]}/{secret}", json=message)


def _write_msale(secret: str, address: str, message: dict[str, Any]) -> httpx.Request:
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json", "X-Signature": signature(secret, body)}
    return httpx.Request("POST", address, content=body, headers=headers)


_WRITERS: Final[dict[Target, Callable[[str, str, dict[str, Any]], httpx.Request]]] = {
    "vnpay_ipn": _write_vnpay,
    "carrier_webhook": _write_ghn,
    "msale_callback": _write_msale,
    "smdp_notification": _write_msale,
}
