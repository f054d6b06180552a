"""Customers who have come so far: the stages at which screens are looked at, played by API."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from tests.e2e import stories

from demo.actors import Actors
from demo.customer import Customer

Player = Callable[[Actors], Awaitable[Customer]]


async def _registered(actors: Actors) -> Customer:
    return await actors.customer()


async def _locked(actors: Actors) -> Customer:
    customer = await actors.customer()
    await customer.finds_and_holds("ESIM")
    return customer


async def _slip_esim(actors: Actors) -> Customer:
    return await stories.with_slip(actors, "ESIM")


async def _slip_physical(actors: Actors) -> Customer:
    return await stories.with_slip(actors, "PHYSICAL")


async def _delivery_chosen(actors: Actors) -> Customer:
    customer = await _slip_physical(actors)
    await customer.chooses_home()
    return customer


async def _delivering(actors: Actors) -> Customer:
    customer = await stories.ordered_home(actors)
    await stories.with_courier(actors, customer)
    return customer


async def _delivered(actors: Actors) -> Customer:
    customer, _ = await stories.delivered(actors)
    return customer


async def _cancelled(actors: Actors) -> Customer:
    customer = await stories.ordered_home(actors, "ONLINE")
    await customer.pays()
    await customer.hold_is("CONFIRMED")
    await customer.cancels()
    await customer.order_is("CANCELLED")
    return customer


async def _unreadable_papers(actors: Actors) -> Customer:
    customer = await stories.paid_esim(actors)
    await customer.starts_activation()
    await customer.declares()
    await customer.photographs(card={"blur": True})
    await customer.verifies()
    return customer


async def _papers_passed(actors: Actors) -> Customer:
    customer = await stories.paid_esim(actors)
    assert (await customer.shows_papers())["status"] == "KYC_PASSED"
    return customer


async def _waiting_for_a_call(actors: Actors) -> Customer:
    customer = await _papers_passed(actors)
    await customer.calls()
    return customer


async def _approved_esim(actors: Actors) -> Customer:
    customer, _ = await stories.approved(actors, "ESIM")
    return customer


async def _approved_physical(actors: Actors) -> Customer:
    customer, _ = await stories.approved(actors, "PHYSICAL")
    return customer


async def _sent(actors: Actors) -> Customer:
    return await stories.sent(actors, "ESIM")


async def _refused(actors: Actors) -> Customer:
    customer = await stories.sent(actors, "ESIM")
    officer = await actors.officer()
    await officer.refuses(
        customer.hold_id, "SIGNATURE_INVALID", "Chữ ký không rõ, vui lòng ký lại."
    )
    await customer.activation_is("REFUSED")
    return customer


async def _esim_ready(actors: Actors) -> Customer:
    customer = await stories.sent(actors, "ESIM")
    officer = await actors.officer()
    await officer.claims(customer.hold_id)
    await officer.confirms(customer.hold_id)
    await customer.activation_is("ESIM_QR_SENT")
    return customer


async def _connected(actors: Actors) -> Customer:
    customer = await _esim_ready(actors)
    await customer.scans()
    await customer.activation_is("ACTIVATED")
    return customer


PLAYERS: Final[dict[str, Player]] = {
    "registered": _registered,
    "locked": _locked,
    "slip of an eSIM": _slip_esim,
    "slip of a card": _slip_physical,
    "delivery chosen": _delivery_chosen,
    "ordered": stories.ordered_home,
    "delivering": _delivering,
    "delivered": _delivered,
    "cancelled": _cancelled,
    "paid eSIM": stories.paid_esim,
    "unreadable papers": _unreadable_papers,
    "papers passed": _papers_passed,
    "waiting for a call": _waiting_for_a_call,
    "approved eSIM": _approved_esim,
    "approved card": _approved_physical,
    "sent": _sent,
    "refused": _refused,
    "eSIM ready": _esim_ready,
    "connected": _connected,
}


AFTER_A_CALL: Final = frozenset(
    {
        *("waiting for a call", "approved eSIM", "approved card", "sent"),
        *("refused", "eSIM ready", "connected"),
    }
)
"""The stages that an agent has a part in."""


class Stages:
    """The customers of all stages, each played once, when it is first asked for."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._played: dict[str, asyncio.Task[Customer]] = {}

    async def fresh(self, stage: str) -> Customer:
        """Play another customer as far as a stage: one whom a test takes further."""
        return await PLAYERS[stage](self._actors)

    async def customer(self, stage: str) -> Customer:
        """Return the customer of a stage, whom tests look at and leave as they are."""
        if stage not in self._played:
            self._played[stage] = asyncio.create_task(_as_task(PLAYERS[stage](self._actors)))
        return await self._played[stage]


async def _as_task(played: Awaitable[Customer]) -> Customer:
    return await played
