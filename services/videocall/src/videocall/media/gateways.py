"""Media nodes over HTTP. Their protocol is known here and nowhere else."""

import asyncio
import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol
from uuid import UUID

import httpx
import structlog

from kit.errors import ServiceError
from videocall.media.domain import (
    BadDescription,
    Beginning,
    CallReport,
    Connection,
    MediaUnavailable,
    NodeReport,
    NodeStatus,
    NoSuchPeer,
    NothingToSeeYet,
    Place,
    PublishedSince,
)
from videocall.recordings.domain import NoSuchRecording, Part, Party

STATUS_SECONDS: Final = 2.0
"""The time that a node may take to say how it is; a starved one is no dead one."""
REFUSALS: Final[dict[str, type[ServiceError]]] = {
    "no-such-call": NothingToSeeYet,
    "no-such-peer": NoSuchPeer,
    "no-such-part": NoSuchRecording,
    "bad-description": BadDescription,
}
"""The meaning of a node's refusals; any other says that the node is in trouble."""

log = structlog.get_logger()


class _Load(NodeStatus):
    calls: int


class MediaPlane(Protocol):
    """The port to what relays and records calls."""

    async def place(self, last: Place | None) -> Place:
        """Return the place of a call: the last one, if that process still runs, or a new one."""

    async def open(self, place: Place, call_id: UUID, key: bytes, *, standby: bool) -> None:
        """Open a call with the key of its recordings, on standby while it rings; done once."""

    async def begin(self, place: Place, call_id: UUID, beginning: Beginning) -> None:
        """Pass on and record from now on what the parties of a call publish; done once."""

    async def publish(
        self,
        place: Place,
        call_id: UUID,
        role: Party,
        part: int,
        offer: str,
        audience: Sequence[str] | None = None,
    ) -> Connection:
        """Take a party's offer of camera and microphone; the description is an answer.

        Only the viewers of the audience are shown it, all if there is none.
        """

    async def unpublish(self, place: Place, call_id: UUID, role: Party) -> None:
        """End what a party publishes; said twice, done once."""

    async def view(
        self, place: Place, call_id: UUID, viewer: str, feeds: Sequence[Party]
    ) -> Connection:
        """Offer what the given parties publish; the description is an offer."""

    async def answer(self, place: Place, call_id: UUID, peer: str, answer: str) -> None:
        """Take a viewer's answer."""

    async def close(self, place: Place, call_id: UUID) -> NodeReport | None:
        """Close a call; return how its parts ended, None if the place does not know it."""

    async def look(self) -> list[NodeReport]:
        """Return the reports of all nodes that answer."""

    async def sealed(self, part: Part) -> bytes:
        """Return a part as it lies on the node's disk."""

    async def playable(self, part: Part, key: bytes) -> bytes:
        """Return a part in the clear, as a WebM file with duration and cues."""


class MediaNodes(MediaPlane):
    """The embedded media plane: processes of ours that are spoken to by HTTP."""

    def __init__(self, http: httpx.AsyncClient, nodes: Sequence[str], secret: str) -> None:
        self._http, self._nodes = http, [node.rstrip("/") for node in nodes]
        self._headers = {"Authorization": f"Bearer {secret}"}

    async def place(self, last: Place | None) -> Place:
        """Return the place of a call: the last one, if that process still runs, or a new one."""
        if last and (status := await self._status(last.node)) and status.boot == last.boot:
            return last
        loads = await asyncio.gather(*map(self._status, self._nodes))
        offers = [
            (load.calls, Place(node, load.boot))
            for node, load in zip(self._nodes, loads, strict=True)
            if load and not load.draining
        ]
        if not offers:
            raise MediaUnavailable
        return min(offers, key=lambda offer: offer[0])[1]

    async def open(self, place: Place, call_id: UUID, key: bytes, *, standby: bool) -> None:
        """Open a call with the key of its recordings, on standby while it rings; done once."""
        body = {"key": _text(key), "standby": standby}
        await self._ask("PUT", f"{place.node}/calls/{call_id}", body)

    async def begin(self, place: Place, call_id: UUID, beginning: Beginning) -> None:
        """Pass on and record from now on what the parties of a call publish; done once."""
        body = {"least": beginning.least, "viewers": list(beginning.viewers)}
        await self._ask("POST", f"{place.node}/calls/{call_id}/begin", body)

    async def publish(
        self,
        place: Place,
        call_id: UUID,
        role: Party,
        part: int,
        offer: str,
        audience: Sequence[str] | None = None,
    ) -> Connection:
        """Take a party's offer of camera and microphone; the description is an answer."""
        body: dict[str, Any] = {"role": role, "part": part, "offer": offer}
        if audience is not None:
            body["audience"] = list(audience)
        refusals = {"published-since": PublishedSince(part)}
        answer = await self._ask(
            "POST", f"{place.node}/calls/{call_id}/publications", body, refusals
        )
        return Connection(answer["peer"], answer["answer"])

    async def unpublish(self, place: Place, call_id: UUID, role: Party) -> None:
        """End what a party publishes; said twice, done once."""
        await self._ask("DELETE", f"{place.node}/calls/{call_id}/publications/{role}")

    async def view(
        self, place: Place, call_id: UUID, viewer: str, feeds: Sequence[Party]
    ) -> Connection:
        """Offer what the given parties publish; the description is an offer."""
        body = {"viewer": viewer, "feeds": list(feeds)}
        answer = await self._ask("POST", f"{place.node}/calls/{call_id}/views", body)
        return Connection(answer["peer"], answer["offer"])

    async def answer(self, place: Place, call_id: UUID, peer: str, answer: str) -> None:
        """Take a viewer's answer."""
        url = f"{place.node}/calls/{call_id}/views/{peer}/answer"
        await self._ask("POST", url, {"answer": answer}, {"no-such-call": NoSuchPeer()})

    async def close(self, place: Place, call_id: UUID) -> NodeReport | None:
        """Close a call; return how its parts ended, None if the place does not know it."""
        try:
            answer = await self._ask("DELETE", f"{place.node}/calls/{call_id}")
        except (NothingToSeeYet, MediaUnavailable):
            return None
        status = await self._status(place.node)
        if status is None:
            return None
        calls = [CallReport.model_validate(answer)]
        return NodeReport(
            node=place.node, boot=status.boot, at=status.at, draining=status.draining, calls=calls
        )

    async def look(self) -> list[NodeReport]:
        """Return the reports of all nodes that answer."""
        reports = await asyncio.gather(*map(self._report, self._nodes))
        return [report for report in reports if report]

    async def sealed(self, part: Part) -> bytes:
        """Return a part as it lies on the node's disk."""
        return (await self._file("GET", part, None)).content

    async def playable(self, part: Part, key: bytes) -> bytes:
        """Return a part in the clear, as a WebM file with duration and cues."""
        return (await self._file("POST", part, key)).content

    async def _status(self, node: str) -> _Load | None:
        try:
            return _Load.model_validate(await self._read(f"{node}/status"))
        except (httpx.HTTPError, ValueError) as error:
            log.warning("media_node_unreachable", node=node, error=type(error).__name__)
            return None

    async def _report(self, node: str) -> NodeReport | None:
        try:
            report = NodeReport.model_validate(await self._read(f"{node}/calls"))
        except (httpx.HTTPError, ValueError) as error:
            log.warning("media_node_unreachable", node=node, error=type(error).__name__)
            return None
        return report.model_copy(update={"node": node})

    async def _read(self, url: str) -> Any:
        answer = await self._http.get(url, headers=self._headers, timeout=STATUS_SECONDS)
        return answer.raise_for_status().json()

    async def _file(self, method: str, part: Part, key: bytes | None) -> httpx.Response:
        url = f"{part.node}/calls/{part.call_id}/parts/{part.role}/{part.part}"
        body = {"key": _text(key)} if key else None
        return await self._send(method, f"{url}/copy" if key else url, body)

    async def _ask(
        self,
        method: str,
        url: str,
        body: dict[str, Any] | None = None,
        refusals: Mapping[str, ServiceError] | None = None,
    ) -> Any:
        answer = await self._send(method, url, body, refusals)
        return answer.json() if answer.content else None

    async def _send(
        self,
        method: str,
        url: str,
        body: dict[str, Any] | None = None,
        refusals: Mapping[str, ServiceError] | None = None,
    ) -> httpx.Response:
        try:
            answer = await self._http.request(method, url, json=body, headers=self._headers)
        except httpx.HTTPError as error:
            raise MediaUnavailable from error
        if answer.is_success:
            return answer
        slug = _slug(answer)
        raise (refusals or {}).get(slug) or REFUSALS.get(slug, MediaUnavailable)()


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _slug(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        return ""
