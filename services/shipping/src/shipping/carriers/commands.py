"""News of carriers moves shipments, whether a carrier posted it or we asked."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import Select, or_, select
from sqlalchemy.dialects.postgresql import insert

from events import CodCollected
from events.ids import uuid7
from kit.db import Tx
from kit.sealing import Sealer
from shipping.carriers.domain import ALARMS, Heard, apply_news
from shipping.holds.domain import KnownHold
from shipping.news.domain import News
from shipping.shipments import commands
from shipping.shipments.domain import Shipment
from shipping.shipments.states import WITH_COURIER, NoSuchShipment, Status
from shipping.tables import carrier_news, shipments

EXPECTING_NEWS = {Status.BOOKED, Status.COLLECTION_FAILED, *WITH_COURIER, Status.RETURNING}

log = structlog.get_logger()


async def take_news(tx: Tx, sealer: Sealer, news: News, body: bytes, *, now: datetime) -> None:
    """Keep the news as it came and let it move its shipment, once (F4.17, F4.22, G22, G23)."""
    shipment_id = await _shipment_of(tx, news)
    if not await _first_time(tx, sealer, news, body, shipment_id, now=now):
        return
    if shipment_id is None:
        log.error("news_of_no_shipment", carrier=news.carrier, word=news.word)
        return
    shipment = await commands.get(tx, shipment_id)
    if shipment.tracking_code not in (None, news.order_code):
        log.error("news_of_another_parcel", shipment_id=str(shipment_id), word=news.word)
        return
    await _give_up_serial(tx, shipment)
    heard = apply_news(shipment, news, now=now)
    hold = await tx.get(KnownHold, shipment.hold_id)
    if hold and hold.closed_because:  # it is brought again although nobody waits for it
        await commands.call_off(tx, shipment, hold.closed_because)
    shipment.heard_at = now
    await tx.publish(*heard.facts)
    _raise_alarms(shipment, heard, news)


async def note_booking(tx: Tx, shipment_id: UUID, tracking_code: str, *, now: datetime) -> None:
    """Note that the carrier took the order (F4.8.2), and call him off if nobody wants it now."""
    shipment = await commands.get(tx, shipment_id)
    late = shipment.status is Status.CANCELLED and shipment.tracking_code is None
    await tx.publish(*shipment.booked(tracking_code, now=now))
    if late:
        await commands.ask_carrier(tx, "cancel-at-carrier", shipment)


async def note_refusal(tx: Tx, shipment_id: UUID, reason_code: str) -> None:
    """Show staff that the carrier does not take the parcel, and why."""
    shipment = await commands.get(tx, shipment_id)
    if shipment.status is Status.BOOKING:
        shipment.refused_because = reason_code


def silent(*, now: datetime, after: timedelta, every: timedelta) -> Select[UUID]:
    """Select the parcels without news for `after` that were not asked about for `every`."""
    return (
        select(shipments.c.id)
        .where(
            shipments.c.status.in_(EXPECTING_NEWS),
            shipments.c.tracking_code.is_not(None),
            shipments.c.heard_at <= now - after,
            or_(shipments.c.asked_at.is_(None), shipments.c.asked_at <= now - every),
        )
        .order_by(shipments.c.heard_at)
    )


async def ask_about(tx: Tx, shipment_id: UUID, *, now: datetime) -> None:
    """Note to ask the carrier where a parcel is, and when that was."""
    shipment = await commands.get(tx, shipment_id)
    shipment.asked_at = now
    await commands.ask_carrier(tx, "ask-carrier", shipment)


async def read(tx: Tx, shipment_id: UUID) -> Shipment:
    """Return a shipment for a task, without a lock. Raises NoSuchShipment."""
    shipment = await tx.get(Shipment, shipment_id)
    if shipment is None:
        raise NoSuchShipment
    return shipment


async def _give_up_serial(tx: Tx, shipment: Shipment) -> None:
    """Forget which SIM a cancelled parcel had if another has it now: it is not in this one."""
    if shipment.status is Status.CANCELLED and shipment.sim_serial:
        others = select(shipments.c.id).where(
            shipments.c.sim_serial == shipment.sim_serial,
            shipments.c.id != shipment.id,
            shipments.c.status.not_in((Status.CANCELLED, Status.RETURNED)),
        )
        if await tx.scalar(others.limit(1)) is not None:
            shipment.sim_serial = None


def _raise_alarms(shipment: Shipment, heard: Heard, news: News) -> None:
    if heard.effect in ALARMS:
        log.error(
            "carrier_alarm",
            because=heard.effect,
            shipment_id=str(shipment.id),
            word=news.word,
            status=shipment.status,
        )
    money = [fact.amount_vnd for fact in heard.facts if isinstance(fact, CodCollected)]
    if any(amount != shipment.cod_due_vnd for amount in money) or (money and not news.cod_vnd):
        log.error("other_money_than_due", shipment_id=str(shipment.id))
    if shipment.handed_over_at and shipment.sim_serial is None:
        log.error("left_without_serial", shipment_id=str(shipment.id))


async def _first_time(
    tx: Tx,
    sealer: Sealer,
    news: News,
    body: bytes,
    shipment_id: UUID | None,
    *,
    now: datetime,
) -> bool:
    row = {
        "id": (news_id := uuid7()),
        "carrier": news.carrier,
        "order_code": news.order_code,
        "word": news.word,
        "said_at": news.said_at,
        "heard_at": now,
        "shipment_id": shipment_id,
        "body": sealer.seal(body, about=str(news_id)),
    }
    new = insert(carrier_news).values(row).on_conflict_do_nothing(constraint="carrier_news_once")
    return (await tx.scalar(new.returning(carrier_news.c.id))) is not None


async def _shipment_of(tx: Tx, news: News) -> UUID | None:
    try:
        shipment = shipments.c.id == UUID(news.client_order_code)
    except ValueError:
        shipment = (shipments.c.carrier == news.carrier) & (
            shipments.c.tracking_code == news.order_code
        )
    return await tx.scalar(select(shipments.c.id).where(shipment))
