"""The callers of the table test, and a customer who owns one object of each kind."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from tests.e2e.routes import PLAIN
from tests.e2e.stories import is_seen_and_approved, with_slip

from demo import papers
from demo.actors import Actors
from demo.customer import Customer
from demo.gateway import Gateway, until
from demo.papers import Person
from demo.staff import Channel
from events.ids import uuid7
from kit.tokens import Signer, Verifier
from values.roles import ROLES

DESKS: Final = {
    "osp_staff": "osp1",
    "store_staff": "store1",
    "call_agent": "agent1",
    "connection_officer": "officer1",
    "region_manager": "manager2",
    "partner_manager": "partner1",
    "auditor": "auditor1",
    "admin": "admin",
    "sre": "sre",
}
HOUR: Final = timedelta(hours=1)
A_DAY: Final = 86_400_000 << 80
"""In the count of a UUIDv7, which begins with milliseconds."""


@dataclass
class Callers:
    """The people of the table test."""

    gateway: Gateway
    person: Person
    """The owner of all objects, whose data may be in no answer to another caller."""

    story: dict[str, str] = field(default_factory=dict)
    """The objects they have, and what they would type."""

    tokens: dict[str, str] = field(default_factory=dict)
    """A token of each role that may see these objects, if its role lets it."""

    strangers: dict[str, str] = field(default_factory=dict)
    """A token of each role that has nothing to do with them."""

    forged: dict[str, str] = field(default_factory=dict)
    """A token of each role in the strangers' region, whose session nobody else needs."""

    no_tokens: dict[str, str | None] = field(default_factory=dict)
    """Texts that are no valid token, or no longer."""

    @property
    def personal(self) -> list[str]:
        """The personal data of the owner."""
        phone = self.person.phone[1:]  # however it begins: 0..., 84..., +84...
        return [self.person.full_name, phone, self.person.id_number, self.person.email]

    def nowhere(self) -> dict[str, str]:
        """Tell the same story with ids that name nothing, and are too old to be news."""
        return {
            name: str(UUID(int=uuid7().int - A_DAY)) if name.endswith("_id") else value
            for name, value in self.story.items()
        }


async def gathered(actors: Actors, state: Path) -> Callers:
    """Sign all callers in and create the objects."""
    another_channel = await _another_channel(actors)  # first: it takes a moment to be known
    lan, signed = await _has_an_esim(actors)
    callers = Callers(actors.gateway, lan.person, story=signed)
    callers.story |= await _ids(lan)
    callers.story |= await _parcels(actors, lan) | await _inside(actors)
    callers.story["agent_id"] = await _agent(actors, lan)
    callers.story |= lan.person.printed | {"phone": lan.person.phone, "email": lan.person.email}
    callers.story |= PLAIN | _elsewhere(state)
    channel = await actors.channel()
    sold = await channel.sells(await lan.finds(), "PHYSICAL", lan.person)
    callers.story["partner_hold_id"] = sold["hold_id"]
    callers.story["webhook_id"] = await _webhook(channel)

    callers.tokens = {"customer": str(lan.gateway.token), "partner": str(channel.gateway.token)}
    for role, name in DESKS.items():
        callers.tokens[role] = str((await actors.desk(name)).token)
    signer = Signer(state / "keys", "identity")
    callers.forged = {role: _token(signer, role) for role in ROLES}
    callers.strangers |= callers.forged
    callers.strangers["partner"] = another_channel
    stranger = str((await actors.customer()).gateway.token)
    callers.strangers["customer"] = stranger
    known = Verifier(state / "keys", "identity", "chonso").open(stranger)
    callers.forged["customer"] = _token(signer, "customer", subject=known["sub"])
    callers.no_tokens = {
        "no token": None,
        "an expired token": _token(signer, "admin", ttl=-HOUR),
        "a token for something else": _token(signer, "admin", audience="phone-proof"),
        "a token signed by somebody else": _token(Signer(state / "keys", "kyc"), "admin"),
        "no real token": "x.y.z",
    }
    return callers


def _token(
    signer: Signer,
    role: str,
    *,
    audience: str = "chonso",
    ttl: timedelta = HOUR,
    subject: str | None = None,
) -> str:
    """Sign a token of a region in which nothing of this story happens, and of no known session."""
    kind = role if role in {"customer", "partner"} else "staff"
    claims: dict[str, Any] = {"sub": subject or str(uuid7()), "kind": kind, "regions": ["KV1"]}
    claims |= {"roles": [role] if kind == "staff" else [], "sid": str(uuid7())}
    claims |= {"shop_code": "1HNI0001", "channel_code": "KV1WEB"}
    return signer.sign(audience, claims, ttl=ttl)


async def _has_an_esim(actors: Actors) -> tuple[Customer, dict[str, str]]:
    """Bring a customer as far as the QR code; also return the slips they signed with (F5b.13)."""
    lan = await with_slip(actors, "ESIM")
    await lan.orders("ONLINE", invoice={"name": lan.person.full_name, "address": "Số 1 Phố Thử"})
    await lan.pays()
    await lan.hold_is("CONFIRMED")
    assert (await lan.shows_papers())["status"] == "KYC_PASSED"
    await is_seen_and_approved(actors, lan)
    form = await lan.gateway.get(f"/api/kyc/v1/sessions/{lan.session_id}/declaration")
    slips = {"declaration": form["declaration"], "phone_proof": await lan.proves_phone("SIGN")}
    slips["signature"] = papers.signature(lan.person)
    await lan.signs()
    await lan.sends()
    await (await actors.officer()).confirms(lan.hold_id)
    await lan.activation_is("ESIM_QR_SENT")
    return lan, slips


async def _webhook(channel: Channel) -> str:
    """Register a webhook of the channel that never answers, and disable it (SYS04)."""
    path = "/api/hold/v1/partner/webhooks"
    # An address is one webhook of a channel, and each module makes its callers.
    body = {"url": f"http://127.0.0.1:9/{uuid7().hex}"}
    webhook = (await channel.gateway.post(path, body))["webhook"]
    await channel.gateway.raw("PATCH", f"{path}/{webhook['webhook_id']}", json={"enabled": False})
    return str(webhook["webhook_id"])


async def _another_channel(actors: Actors) -> str:
    """Register a sales channel that has sold nothing, and return its token (SA.1)."""
    name = f"channel-{uuid7().hex[-8:]}"
    admin = await actors.desk("admin")
    terms = {"client_id": name, "channel_code": name[8:].upper(), "name": "Kênh khác"}
    kind = {"kind": "COMMON", "collects_fee": True}
    made = await admin.post("/api/identity/v1/partners", terms | kind)
    form = {"grant_type": "client_credentials", "client_id": name}
    secret = {"client_secret": made["client_secret"]}
    answer = await actors.client.post("/api/identity/v1/oauth/token", data=form | secret)
    return str(answer.raise_for_status().json()["access_token"])


def _elsewhere(state: Path) -> dict[str, str]:
    """Know what only the carrier knows, and the time."""
    secrets = json.loads((state / "keys" / "secrets.json").read_text())
    soon = datetime.now(UTC) + timedelta(hours=2)
    return {"secret": secrets["carrier_webhook"], "soon": soon.isoformat()}


async def _has_ordered(actors: Actors, lan: Customer, delivery: str) -> Customer:
    """Let the same person order another SIM (F3.13)."""
    again = Customer(lan.gateway, actors.outside, lan.person)
    await again.finds_and_holds("PHYSICAL")
    await again.fills_in_the_form()
    at_home = delivery == "HOME"
    choice = await (again.chooses_home() if at_home else again.chooses_store("2HCM0001"))
    await again.orders("COD", delivery_choice=choice)
    return again


async def _ids(lan: Customer) -> dict[str, str]:
    async def told() -> str | None:
        return next((str(message["id"]) for message in await lan.inbox()), None)

    return {
        "hold_id": lan.hold_id,
        "order_id": str(lan.order["order_id"]),
        "contact": str(lan.order["contact"]),
        "session_id": lan.session_id,
        "call_id": lan.call_id,
        "message_id": await until("a message in the inbox", told),
        "msisdn": (await lan.finds())["msisdn"],
    }


async def _agent(actors: Actors, lan: Customer) -> str:
    """Return the id of the agent who saw a customer (P5.1)."""
    manager = await actors.desk("manager2")
    return str((await manager.get(f"/api/videocall/v1/desk/calls/{lan.call_id}"))["agent_id"])


async def _parcels(actors: Actors, lan: Customer) -> dict[str, str]:
    """Order twice more, and find both parcels where staff see them."""
    osp = await actors.osp()
    draft = Customer(lan.gateway, actors.outside, lan.person)
    await draft.finds_and_holds("PHYSICAL")
    at_home, at_store = [await _has_ordered(actors, lan, where) for where in ("HOME", "STORE")]
    ready = await (await actors.store()).makes_ready(at_store.hold_id)
    return {
        "draft_hold_id": draft.hold_id,
        "home_hold_id": at_home.hold_id,
        "shipment_id": (await osp.sees_order(at_home.hold_id))["shipment_id"],
        "store_shipment_id": ready["shipment_id"],
        "store_hold_code": ready["hold_code"],
    }


async def _inside(actors: Actors) -> dict[str, str]:
    """Return ids of staff objects, and of objects without an owner."""
    admin = await actors.desk("admin")
    staff = (await admin.get("/api/identity/v1/staff"))["items"][0]
    partner = (await admin.get("/api/identity/v1/partners"))["items"][0]
    number = (await admin.get("/api/catalog/v1/numbers"))["items"][0]
    return {
        "staff_id": staff["id"],
        "partner_id": partner["id"],
        "number_id": number["number_id"],
        **{
            name: str(uuid7())
            for name in (
                *("registration_id", "reset_id", "challenge_id"),
                *("event_id", "task_id", "incident_id", "refund_id"),
            )
        },
    }
