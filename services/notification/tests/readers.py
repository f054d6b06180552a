"""Shared by the tests of this service: a customer with a phone and a mailbox, and a journey."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated, Any, get_args
from uuid import UUID

import httpx
from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse

from events import (
    Event,
    HoldCreated,
    NotificationFailed,
    NotificationSent,
    NumberSoftLocked,
    PasswordChanged,
)
from events.ids import uuid7
from events.transport import Subscriptions
from kit import clock
from kit.db import Database, Tx
from kit.tasks import Runner
from kit.testing import client, deliver, facts, token_for
from notification.messages.consumers import TOLD
from notification.messages.domain import Message
from notification.messages.gateways import tasks

PHONE = "84931266868"
EMAIL = "lan@example.vn"
MOMENT = Event.model_fields["occurred_at"].annotation
NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


@dataclass
class SmsGatewayStandIn:
    """Speaks the SMS gateway's protocol: a key seen before is the same message."""

    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    status: int = 202
    loses_answers: bool = False
    tries: int = 0

    def app(self) -> FastAPI:
        """Build what listens."""
        listener = FastAPI()

        @listener.post("/v1/messages")
        async def send(request: Request, idempotency_key: Annotated[str, Header()]) -> JSONResponse:
            self.tries += 1
            if self.status == 202:
                self.sent.setdefault(idempotency_key, await request.json())
            return JSONResponse({}, 504 if self.loses_answers else self.status)

        return listener

    @property
    def texts(self) -> list[str]:
        """Return what was sent."""
        return [message["text"] for message in self.sent.values()]


@dataclass
class Mailbox:
    """Takes e-mail over SMTP, or refuses it."""

    received: list[EmailMessage] = field(default_factory=list)
    answer_to_recipient: str = "250 OK"
    answer_to_data: str = "250 OK"
    hangs_up: bool = False

    async def handle_RCPT(  # noqa: N802, aiosmtpd looks for this name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        """Answer to a recipient."""
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(  # noqa: N802, aiosmtpd looks for this name
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        """Answer to a mail."""
        if self.answer_to_data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.received.append(mail)
        if self.hangs_up:
            assert server.transport
            server.transport.abort()  # type: ignore[attr-defined] # it is a socket's
        return self.answer_to_data


@dataclass
class World:
    """The service, its two ways out, and a clock that can be moved."""

    app: FastAPI
    db: Database
    subscriptions: Subscriptions[Tx]
    sms: SmsGatewayStandIn
    mailbox: Mailbox
    clock_file: Path
    moved: float = 0

    def after(self, span: timedelta) -> None:
        """Let time pass."""
        self.moved += span.total_seconds()
        self.clock_file.write_text(str(self.moved))

    async def deliver(self, *events: Event) -> None:
        """Deliver events."""
        await deliver(self.db, self.subscriptions, *events)

    async def tasks_run(self) -> None:
        """Send what is due."""
        while await Runner(tasks, self.db).run_due(now=clock.now()):
            pass

    async def sent(self) -> list[tuple[str, str]]:
        """Return what was said to have left, as template and channel."""
        published = await facts(self.db)
        return [(f.template, f.channel) for f in published if isinstance(f, NotificationSent)]

    async def failed(self) -> list[tuple[str, str, str]]:
        """Return what was said to have failed, as template, channel and reason."""
        return [
            (f.template, f.channel, f.reason_code)
            for f in await facts(self.db)
            if isinstance(f, NotificationFailed)
        ]

    def customer(self, **claims: Any) -> "Reader":
        """Let somebody in."""
        return Reader(self, uuid7(), claims)


@dataclass
class Reader:
    """A customer who reads."""

    world: World
    id: UUID
    claims: dict[str, Any]

    async def call(self, method: str, path: str, **body: Any) -> httpx.Response:
        """Call a route."""
        keys = self.world.app.state.settings.keys_dir
        token = token_for(keys, "customer", subject_id=self.id, **self.claims)
        async with client(self.world.app, token) as http:
            return await http.request(method, path, json=body or None)

    async def can_be_reached(self, phone: str | None = PHONE, **body: Any) -> None:
        """Leave phone and e-mail address."""
        self.claims["phone"] = phone
        answer = await self.call("PUT", "/v1/me/contacts", **{"email": EMAIL} | body)
        assert answer.status_code == 200, answer.text

    async def inbox(self, query: str = "") -> dict[str, Any]:
        """Read the inbox."""
        answer = await self.call("GET", f"/v1/me/inbox{query}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def slip(customer_id: UUID | None, **others: Any) -> tuple[NumberSoftLocked, HoldCreated]:
    """Begin a journey as the hold service would."""
    number_id = uuid7()
    locked = NumberSoftLocked(
        occurred_at=NOON, number_id=number_id, msisdn="84909123456", locked_until=NOON
    )
    values: dict[str, Any] = {
        "occurred_at": NOON,
        "hold_id": uuid7(),
        "number_id": number_id,
        "hold_code": "GS7K2M",
        "customer_id": customer_id,
        "sim": "ESIM",
        "entrance": "APP",
        "channel_code": None,
        "partner_id": None,
        "price_vnd": 1_200_000,
        "sim_fee_vnd": 34_000,
        "commitment_vnd_per_month": 0,
        "commitment_months": 0,
        "promotion_code": None,
        "stock_region": None,
        "expires_at": NOON + timedelta(minutes=30),
    }
    return locked, HoldCreated(**values | others)


def sample(event: type[Event], **values: Any) -> Event:
    """Make up an event: every field is plausible, and those given are as given."""
    made = {
        name: _plausible(name, info.annotation)
        for name, info in event.model_fields.items()
        if info.is_required()
    }
    return event.model_validate(made | values)


def _plausible(name: str, kind: Any) -> Any:
    by_name = {"store_code": "2HCM0001", "reason_code": "DOC_BLUR", "reason_codes": ["DOC_BLUR"]}
    if name in by_name:
        return by_name[name]
    if options := get_args(kind):
        return None if type(None) in options else options[0]
    return {UUID: uuid7(), MOMENT: NOON, int: 1_234_000, bool: True}.get(kind, "CODE")


ALL: dict[type[Event], str] = {
    **TOLD,
    HoldCreated: "hold_slip",
    PasswordChanged: "password_changed",
}


def message(event: Event, template: str, *, sim: str = "ESIM", known: bool = True) -> Message:
    return Message(
        id=uuid7(),
        template=template,
        hold_id=getattr(event, "hold_id", None),
        customer_id=uuid7(),
        facts=event.model_dump(mode="json"),
        created_at=NOON,
        read_at=None,
        hold_code="GS7K2M",
        sim=sim,
        msisdn="84909123456" if known else None,
    )
