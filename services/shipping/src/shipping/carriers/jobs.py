"""Tasks at the carrier, handled after the commit, and the job that asks about silent parcels."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select

from kit import clock
from kit.db import Database, Tx
from kit.jobs import Jobs
from kit.sealing import Sealer
from kit.tasks import Task, Tasks
from shipping.carriers import commands
from shipping.carriers.gateways import CarrierAway, CarrierRefused, GhnGateway, Parcel
from shipping.deliveries.queries import address_of
from shipping.holds.domain import KnownHold
from shipping.settings import Settings
from shipping.shipments.commands import get
from shipping.shipments.domain import Shipment
from shipping.shipments.gateways import tasks
from shipping.shipments.states import WITH_COURIER, Status


@dataclass(frozen=True)
class TaskHandlers:
    """The handlers of tasks, with the carrier's client and the key of sealed addresses."""

    ghn: GhnGateway
    sealer: Sealer

    async def book(self, task: Task, db: Database) -> None:
        """Book the courier (F4.8.2); until it succeeds the shipment stays in BOOKING."""
        async with db.transaction() as tx:
            shipment = await commands.read(tx, task.ref)
            parcel = await _parcel(tx, shipment, self.sealer)
        # Cancelled meanwhile: it need not be booked, but an answer that was lost may have been yes.
        to_book = shipment.status is Status.BOOKING
        try:
            code = await self.ghn.book(parcel) if to_book else await self.ghn.find(shipment.id)
        except CarrierRefused as refusal:
            async with db.transaction() as tx:
                await commands.note_refusal(tx, task.ref, refusal.reason_code)
            raise
        async with db.transaction() as tx:
            now = clock.now()
            if await task.done(tx, now=now) and code is not None:
                await commands.note_booking(tx, task.ref, code, now=now)

    async def call_off(self, task: Task, db: Database) -> None:
        """Call the courier off (G18)."""
        async with db.transaction() as tx:
            code = (await commands.read(tx, task.ref)).tracking_code
        accepted = code is None or await self.ghn.cancel(code)
        async with db.transaction() as tx:
            # Booked while we looked: the lock makes sure that one of us two calls him off.
            if (await get(tx, task.ref)).tracking_code != code:
                raise CarrierAway
            if accepted:
                await task.done(tx, now=clock.now())
        if not accepted:
            raise CarrierRefused("COURIER_KEPT_THE_PARCEL")

    async def call_back(self, task: Task, db: Database) -> None:
        """Have a parcel back whose hold is over, as soon as the carrier can (F4.18)."""
        async with db.transaction() as tx:
            shipment = await commands.read(tx, task.ref)
            hold = await tx.get_one(KnownHold, shipment.hold_id)
        to_return = shipment.status in WITH_COURIER and hold.closed
        code = shipment.tracking_code if to_return else None
        if code and not await self.ghn.call_back(code):
            raise CarrierAway  # it is on the road just now
        async with db.transaction() as tx:
            await task.done(tx, now=clock.now())

    async def ask(self, task: Task, db: Database) -> None:
        """Ask about a parcel that is silent (G22)."""
        async with db.transaction() as tx:
            code = (await commands.read(tx, task.ref)).tracking_code
        assert code is not None
        news = await self.ghn.news(code)
        body = json.dumps(asdict(news), default=str, ensure_ascii=False).encode()
        async with db.transaction() as tx:
            now = clock.now()
            if await task.done(tx, now=now):
                await commands.take_news(tx, self.sealer, news, body, now=now)

    def tasks(self) -> Tasks:
        """Return the tasks of this service, each kind with its handler."""
        kinds = {
            "book-shipment": self.book,
            "cancel-at-carrier": self.call_off,
            "call-back-parcel": self.call_back,
            "ask-carrier": self.ask,
        }
        return Tasks(dict(kinds), tasks.noted)


def add_to(jobs: Jobs, settings: Settings) -> None:
    """Add the job that asks about silent parcels to those of the service."""

    def silent(now: datetime) -> Select[UUID]:
        return commands.silent(now=now, after=settings.poll_after, every=settings.poll_every)

    @jobs.each_row(30, silent)
    async def ask_about_silent_parcel(tx: Tx, shipment_id: UUID, now: datetime) -> None:
        """Note a task that asks about a parcel without news for long (G22)."""
        await commands.ask_about(tx, shipment_id, now=now)


async def _parcel(tx: Tx, shipment: Shipment, sealer: Sealer) -> Parcel:
    address = await address_of(tx, shipment.delivery_id, sealer)
    assert address is not None, "a home delivery has an address"
    assert shipment.collection_address is not None
    assert shipment.collection_at is not None
    return Parcel(
        shipment_id=shipment.id,
        order_id=shipment.order_id,
        collection_address=shipment.collection_address,
        collection_at=shipment.collection_at,
        recipient=address.recipient,
        phone=address.phone,
        street=address.street,
        ward=address.ward,
        province=address.province,
        note=address.note,
        cod_vnd=shipment.cod_due_vnd,
    )
