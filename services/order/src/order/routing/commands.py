"""Routing an order, and remembering why."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from events import OrderRouted, Region
from events.ids import uuid7
from kit.db import Tx
from order.journeys.domain import Journey
from order.journeys.queries import channel_named
from order.orders.domain import Order
from order.routing.domain import Decision, Question, route, route_by_hand
from order.routing.tables import companies
from order.tables import decisions
from values.wards import wards


async def route_order(
    tx: Tx, order: Order, journey: Journey, *, store_region: Region | None, now: datetime
) -> OrderRouted:
    """Decide who is responsible for a new order (SD.3); the caller states it."""
    question = await _question(tx, order, journey, store_region)
    return await _decide(tx, order, question, route(question, companies()), now=now)


async def reroute(
    tx: Tx, order: Order, journey: Journey, region: Region, *, staff_id: UUID, now: datetime
) -> OrderRouted:
    """Give an order to another regional company by hand (decision 0023); the caller states it."""
    question = await _question(tx, order, journey, None)
    decision = route_by_hand(region, question, companies())
    return await _decide(tx, order, question, decision, decided_by=staff_id, now=now)


async def _question(
    tx: Tx, order: Order, journey: Journey, store_region: Region | None
) -> Question:
    channel = await channel_named(tx, journey.channel_code)
    ward = wards().get(order.ward_code or "")
    return Question(
        hold_id=order.hold_id,
        store_code=order.store_code,
        store_region=store_region,
        address=ward if order.delivery == "HOME" else None,
        residence=ward if order.delivery == "ESIM" else None,
        channel_code=journey.channel_code,
        channel_region=channel.region if channel else None,
        channel_owns_customers=channel.own_customers if channel else False,
    )


async def _decide(
    tx: Tx,
    order: Order,
    question: Question,
    decision: Decision,
    *,
    now: datetime,
    decided_by: UUID | None = None,
) -> OrderRouted:
    routed = order.route_to(decision, now=now)
    await tx.flush()
    row = {
        "id": uuid7(),
        "order_id": order.id,
        "region": decision.region,
        "shop_code": decision.shop_code,
        "team": decision.team,
        "rule": decision.rule,
        "inputs": question.inputs(),
        "decided_by": decided_by,
        "decided_at": now,
    }
    await tx.execute(insert(decisions).values(row))
    return routed
