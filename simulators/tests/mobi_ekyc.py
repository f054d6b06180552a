"""A true customer, and a client that has their pictures checked."""

import base64
from typing import Any

from simulators.specimens import card, portrait
from simulators.testing import Outside

ID = "001199012345"
PERSON = {
    "id_number": ID,
    "full_name": "Nguyễn Thị Mẫu",
    "date_of_birth": "1999-03-15",
    "sex": "F",
}
HEADERS = {"X-Api-Key": "ekyc-key"}


def written(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


def request(
    front: bytes | None = None, back: bytes | None = None, face: bytes | None = None, **changes: Any
) -> dict[str, Any]:
    return {
        "request_id": "request-1",
        "document_kind": "CCCD_CHIP",
        "front": written(front or card(PERSON)),
        "back": written(back or card(PERSON, "BACK")),
        "portrait": written(face or portrait(ID)),
        "declared": PERSON,
    } | changes


async def verify(outside: Outside, body: dict[str, Any], key: str = "key-1") -> Any:
    headers = HEADERS | {"Idempotency-Key": key}
    answer = await outside.http.post("/ekyc/v1/verifications", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()
