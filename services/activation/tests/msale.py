"""An mSale to talk to: it speaks the protocol, remembers, and may lose an answer."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, HTTPException

from events.ids import uuid7
from kit import clock

ICCID = "8984010000000000013"


@dataclass
class MsaleStandIn:
    """Speaks mSale's protocol, remembers every request, and may lose an answer."""

    connections: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    lose_answers: int = 0
    officer_override: str | None = None
    refuses: int | None = None
    """With which status it refuses dossiers, if it does."""
    own_trouble: str | None = None
    """Why mSale refuses what was confirmed, if it does."""
    codes: list[Any] = field(default_factory=list)
    """The eSIM codes mSale hands over next, in order; then proper ones."""
    withdrawn: list[str] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI()
        app.post("/msale/v1/connections", status_code=202)(self.queue)
        app.get("/msale/v1/connections/{connection_id}")(self.read)
        app.post("/msale/v1/connections/{connection_id}/decision")(self.decide)
        app.post("/msale/v1/connections/{connection_id}/esim/reissue")(self.reissue)
        app.post("/msale/v1/requests/{request_id}/withdrawal")(self.withdraw)
        return app

    async def queue(self, body: dict[str, Any]) -> dict[str, Any]:
        self.requests.append(body["request_id"])
        if self.refuses:
            raise HTTPException(self.refuses)
        known = (c for c in self.connections.values() if c["request_id"] == body["request_id"])
        state = "WITHDRAWN" if body["request_id"] in self.withdrawn else "QUEUED"
        one = next(known, body | {"connection_id": str(uuid7()), "state": state})
        self.connections[one["connection_id"]] = one
        if self.lose_answers:
            self.lose_answers -= 1
            raise ConnectionResetError
        return one

    async def withdraw(self, request_id: str) -> dict[str, Any]:
        known = [c for c in self.connections.values() if c["request_id"] == request_id]
        if not known or known[0]["state"] == "QUEUED":
            self.withdrawn.append(request_id)
        if known and known[0]["state"] == "QUEUED":
            known[0]["state"] = "WITHDRAWN"
        if self.lose_answers:
            self.lose_answers -= 1
            raise ConnectionResetError
        one = known[0] if known else {"state": "WITHDRAWN", "connection_id": None}
        return {"request_id": request_id} | {k: one[k] for k in ("state", "connection_id")}

    async def connects_at_once(self) -> None:
        """Connect the only dossier there is, before anybody can ask it back."""
        [connection_id] = self.connections
        why = {"reason_code": None, "reason_text": None}
        confirmed = {"decision": "CONFIRM", "officer_id": str(uuid7())}
        await self.decide(connection_id, confirmed | why)

    async def read(self, connection_id: str) -> dict[str, Any]:
        return self.connections[connection_id]

    async def decide(self, connection_id: str, body: dict[str, Any]) -> dict[str, Any]:
        one = self.connections[connection_id]
        if one["state"] != "QUEUED":
            raise HTTPException(409)
        confirmed = body["decision"] == "CONFIRM" and not self.own_trouble
        one |= {
            "state": "CONNECTED" if confirmed else "REFUSED",
            "officer_id": self.officer_override or body["officer_id"],
            "reason_code": body["reason_code"] or self.own_trouble,
            "reason_text": body["reason_text"],
            "connected_at": clock.now().isoformat(),
        }
        if confirmed and one["sim"]["kind"] == "ESIM":
            one["esim"] = self.codes.pop(0) if self.codes else a_code("FIRST-CODE")
        return one

    async def reissue(self, connection_id: str) -> dict[str, Any]:
        if connection_id not in self.connections:
            raise HTTPException(404)
        self.connections[connection_id]["esim"] = (
            self.codes.pop(0) if self.codes else a_code("SECOND-CODE")
        )
        return self.connections[connection_id]


def a_code(matching_id: str) -> dict[str, str]:
    code = f"LPA:1$smdp.example.vn${matching_id}"
    return {
        "smdp": "smdp.example.vn",
        "matching_id": matching_id,
        "activation_code": code,
        "iccid": ICCID,
    }
