"""Interruptions of a customer of a soak: cancels, revocations, two phones, lost words."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.soak.plans import Plan

from demo.actors import Actors
from demo.gateway import Refusal, until

Step = Callable[[], Awaitable[Any]]


class Over(Exception):
    """The journey ends here, as somebody had decided."""


class Interrupted:
    """A customer with a plan, and what hinders them. `notes` says what came of it."""

    def __init__(self, actors: Actors, plan: Plan) -> None:
        self.actors, self.plan = actors, plan
        self.customer = actors.stranger()
        self.notes: list[str] = []
        self.verdicts = [plan.call_first] if plan.call_first else []
        if plan.second_person and "reject" not in self.verdicts:
            self.verdicts.append("reject")
        self.call_ids: list[str] = []
        self.first_form = ""
        self.connected_as: set[str] = set()
        """The id numbers of the persons that a call was held with, the last one being right."""

    def note(self, what: str) -> None:
        """Remember what happened."""
        self.notes.append(what)

    async def faults(self) -> None:
        if self.plan.fault:
            system, name = self.plan.fault
            await self.actors.outside.fault(system, name)
            self.note(f"fault:{system}:{name}")

    async def step(self, name: str, does: Step) -> None:
        """Do one thing, perhaps on two phones at once, perhaps while the order is cancelled."""
        if self.plan.twice and name in ("signed", "sent", "called"):
            await self.on_two_phones(does)
        elif self.plan.cancel_at == name and name != "ordered":
            await self.cancels_meanwhile(name, does)
        else:
            await does()
        if self.plan.cancel_at == name == "ordered":
            await self.cancels_if("ordered")

    async def cancels_meanwhile(self, name: str, does: Step) -> None:
        """Cancel the order while a step is under way; of both, one wins."""
        doing = asyncio.create_task(self.tries(does))
        try:
            cancelled = await self.cancels()
            self.note(f"cancel at {name}: {cancelled}")
            if cancelled == "yes":
                await self.sees_what_became_of_it()
            done = await doing
        finally:
            doing.cancel()
        if done != "yes":
            await does()

    async def on_two_phones(self, does: Step) -> None:
        both = await asyncio.gather(self.tries(does), self.tries(does))
        self.note(f"two phones: {both}")
        if "yes" not in both:
            await does()

    async def cancels_if(self, name: str) -> None:
        if self.plan.cancel_at == name:
            cancelled = await self.cancels()
            self.note(f"cancel at {name}: {cancelled}")
            if cancelled == "yes":
                await self.sees_what_became_of_it()

    async def cancels(self) -> str:
        if not self.customer.order:
            return "no order"
        return await self.tries(self.customer.cancels)

    async def sees_what_became_of_it(self) -> None:
        """Wait for the answer to a wish to cancel: the order is gone or goes on (decision 0022)."""
        me = self.customer
        path = f"/api/order/v1/orders/{me.order['order_id']}"

        async def answered() -> str | None:
            order = await me.gateway.get(path)
            if order["status"] == "CANCELLED":
                return "gone"
            return None if order["cancel"]["pending"] else "goes on"

        if await until("the answer to a cancel", answered) == "gone":
            raise Over("cancelled")

    async def revokes_if(self, name: str) -> None:
        if self.plan.revoke_at == name:
            await self.is_revoked()
            raise Over("revoked")

    async def is_revoked(self) -> None:
        """Let a supervisor take the approval back (G28)."""
        manager = await self.actors.desk("manager2")
        path = f"/api/videocall/v1/desk/calls/{self.call_ids[-1]}/revoke"
        reason = {"reason_code": "FRAUD_SUSPECTED"}
        self.note(f"revoke: {await self.tries(lambda: manager.post(path, reason))}")

    @property
    def session(self) -> str:
        return f"/api/kyc/v1/sessions/{self.customer.session_id}"

    async def tries(self, does: Step) -> str:
        try:
            await does()
        except Refusal as refusal:
            return refusal.slug
        return "yes"
