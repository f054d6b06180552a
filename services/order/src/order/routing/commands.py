"""Routing an order, and remembering the rule and its inputs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from events import Region
from events.ids import uuid7
from kit.db import Tx
from order.journeys.domain import Journey
from order.journeys.queries import channel_named
from order.orders.domain import Order
from order.orders.states import ActivationStatus, OrderIsOver, Status
from order.routing.domain import Decision, Question, companies, route, route_by_hand
from order.tables import decisions
from values.wards import wards


async def route_order(
    tx: Tx, order: Order, journey: Journey, *, store_region: Region | None, now: datetime
) -> None:
    """Decide which regional company is responsible for an order, and publish it (SD.3)."""
    question = await _question(tx, order, journey, store_region)
    await _decide(tx, order, question, route(question, companies()), now=now)


async def reroute(tx: Tx, order: Order, region: Region, *, staff_id: UUID, now: datetime) -> None:
    """Give an order to another regional company by hand, and publish it (decision 0023).

    Raises `OrderIsOver` once it is cancelled or activated, `NoCallTeam` for a company without one.
    """
    if order.status is Status.CANCELLED or order.activation is ActivationStatus.ACTIVATED:
        raise OrderIsOver(order.status)
    journey = await tx.get_one(Journey, order.hold_id)
    question = await _question(tx, order, journey, None)
    decision = route_by_hand(region, question, companies())
    await _decide(tx, order, question, decision, decided_by=staff_id, now=now)


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
) -> None:
    to = decision
    routed = order.route_to(to.region, to.shop_code, to.team, to.rule, now=now)
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
    await tx.publish(routed)
