"""A dossier's way through mSale."""

import asyncio
from typing import Any

from simulators.testing import Outside

CONFIRM = {"decision": "CONFIRM", "officer_id": "officer1"}
REFUSE = {
    "decision": "REFUSE",
    "officer_id": "officer1",
    "reason_code": "PHOTO",
    "reason_text": "Ảnh mờ",
}


def dossier(request_id: str = "request-1", kind: str = "ESIM", **changes: Any) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "msisdn": "0931266868",
        "sim": {"kind": kind} | ({"serial": "1234567890"} if kind == "PHYSICAL" else {}),
        "subscriber": {"full_name": "Nguyễn Thị Mẫu", "id_number": "001199012345", "sex": "F"},
        "dossier_sha256": "a" * 64,
        "packages": ["TN4G"],
    } | changes


async def queued(outside: Outside, body: dict[str, Any] | None = None) -> str:
    answer = await outside.http.post("/msale/v1/connections", json=body or dossier())
    assert answer.status_code == 202, answer.text
    connection_id: str = answer.json()["connection_id"]
    return connection_id


async def decide(outside: Outside, connection_id: str, decision: dict[str, Any]) -> Any:
    path = f"/msale/v1/connections/{connection_id}/decision"
    return await outside.http.post(path, json=decision)


async def look(outside: Outside, connection_id: str) -> Any:
    return (await outside.http.get(f"/msale/v1/connections/{connection_id}")).json()


async def settled(outside: Outside, connection_id: str, state: str = "CONNECTED") -> Any:
    async with asyncio.timeout(10):
        while (connection := await look(outside, connection_id))["state"] != state:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return connection


async def connected(outside: Outside, body: dict[str, Any] | None = None) -> Any:
    connection_id = await queued(outside, body)
    answer = await decide(outside, connection_id, CONFIRM)
    assert answer.json()["state"] == "CONNECTING"
    return await settled(outside, connection_id)
