"""An mSale to talk to: it speaks the protocol, remembers, and may lose an answer."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from events.ids import uuid7
from kit import clock

ICCID = "8984010000000000019"


@dataclass
class MsaleStandIn:
    """Speaks mSale's protocol, remembers every request, and may lose an answer."""

    connections: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    lose_answers: int = 0
    officer_override: str | None = None

    def app(self) -> FastAPI:
        app = FastAPI()
        app.post("/msale/v1/connections", status_code=202)(self.queue)
        app.get("/msale/v1/connections/{connection_id}")(self.read)
        app.post("/msale/v1/connections/{connection_id}/decision")(self.decide)
        app.post("/msale/v1/connections/{connection_id}/esim/reissue")(self.reissue)
        return app

    async def queue(self, body: dict[str, Any]) -> dict[str, Any]:
        self.requests.append(body["request_id"])
        known = (c for c in self.connections.values() if c["request_id"] == body["request_id"])
        one = next(known, body | {"connection_id": str(uuid7()), "state": "QUEUED"})
        self.connections[one["connection_id"]] = one
        if self.lose_answers:
            self.lose_answers -= 1
            raise ConnectionResetError
        return one

    async def read(self, connection_id: str) -> dict[str, Any]:
        return self.connections[connection_id]

    async def decide(self, connection_id: str, body: dict[str, Any]) -> dict[str, Any]:
        one = self.connections[connection_id]
        confirmed = body["decision"] == "CONFIRM"
        one |= {
            "state": "CONNECTED" if confirmed else "REFUSED",
            "officer_id": self.officer_override or body["officer_id"],
            "reason_code": body["reason_code"],
            "reason_text": body["reason_text"],
            "connected_at": clock.now().isoformat(),
        }
        if confirmed and one["sim"]["kind"] == "ESIM":
            one["esim"] = a_code("FIRST-CODE")
        return one

    async def reissue(self, connection_id: str) -> dict[str, Any]:
        self.connections[connection_id]["esim"] = a_code("SECOND-CODE")
        return self.connections[connection_id]


def a_code(matching_id: str) -> dict[str, str]:
    code = f"LPA:1$smdp.example.vn${matching_id}"
    return {
        "smdp": "smdp.example.vn",
        "matching_id": matching_id,
        "activation_code": code,
        "iccid": ICCID,
    }
