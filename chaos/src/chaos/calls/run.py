"""One run: customers, agents and disturbances for a while, then the comparison."""

import asyncio
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from chaos.calls import plan
from chaos.calls.agents import Agent
from chaos.calls.cameras import CameraPair
from chaos.calls.client_log import ClientLog
from chaos.calls.clients import ANSWER_SECONDS, Client
from chaos.calls.customers import Customer
from chaos.calls.outcome import Outcome, records_of
from chaos.calls.plan import Disturbance, Planned, Scenario
from chaos.calls.recordings import Cut, Loss, cut_off, losses, recorded_on
from chaos.calls.testbed import REGIONS, Testbed
from chaos.calls.verdict import RunResult, judge
from chaos.verdict import Verdict
from events.ids import uuid7
from kit.testing import token_for
from stack.ports import LOOPBACK

SETTLES_SECONDS: Final = 60.0
"""After the last disturbance, somebody has to come to an end within so long."""
CUT_SHARE: Final = 0.4
QUIET_SECONDS: Final = 6.0
"""The time that lost parts and outboxes need when everybody has gone."""


@dataclass
class Report:
    """The counts of a run, and the verdict about it."""

    seconds: float
    happened: dict[str, int]
    losses: list[Loss]
    verdict: Verdict


class Run:
    """Plays one scenario on processes of its own."""

    def __init__(self, scenario: Scenario, seed: int, mutations: list[str], home: Path) -> None:
        self._scenario = scenario
        self._rng = random.Random(seed)  # noqa: S311, nobody gains by guessing it
        self._plan = plan.planned(scenario, self._rng)
        self._testbed = Testbed(home, mutations)
        self._log = ClientLog()
        self._pairs = [CameraPair() for _ in range(scenario.with_cameras)]
        self._cuts: list[Cut] = []
        self._died = 0

    async def play(self) -> Report:
        """Let everybody come, disturb them, and compare what is left."""
        began = time.monotonic()
        try:
            await self._testbed.start()
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=50)
            async with httpx.AsyncClient(
                base_url=f"http://{LOOPBACK}:{self._testbed.balancer.port}",
                timeout=ANSWER_SECONDS,
                limits=limits,
            ) as http:
                await self._play(http)
            evidence = await self._evidence()
        finally:
            for cameras in self._pairs:
                await cameras.end()
            await self._testbed.stop()
        return Report(
            time.monotonic() - began, self._happened(evidence), [*evidence.losses], judge(evidence)
        )

    async def _play(self, http: httpx.AsyncClient) -> None:
        customers = await self._customers(http)
        agents = self._agents(http, customers[0].calls)
        working = [asyncio.create_task(agent.run()) for agent in agents]
        arriving = [
            asyncio.create_task(self._arrive(customer, n)) for n, customer in enumerate(customers)
        ]
        try:
            async with asyncio.TaskGroup() as group:
                for planned in self._plan:
                    group.create_task(self._disturb(planned))
            await self._settle(arriving)
        finally:
            for task in (*working, *arriving):
                task.cancel()
        for result in await asyncio.gather(*working, *arriving, return_exceptions=True):
            if isinstance(result, Exception):
                raise result
        await asyncio.gather(*(agent.leaves() for agent in agents))
        await asyncio.sleep(QUIET_SECONDS)

    async def _settle(self, arriving: list[asyncio.Task[None]]) -> None:
        """Wait for all customers, as long as one after the other comes to an end."""
        waiting = set(arriving)
        while waiting:
            ended, waiting = await asyncio.wait(
                waiting, timeout=SETTLES_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if not ended:
                return  # the verdict counts those who are left

    async def _arrive(self, customer: Customer, number: int) -> None:
        late = number - self._scenario.waiting
        if late >= 0:
            await asyncio.sleep(late * self._scenario.seconds / self._scenario.arriving)
        await customer.run()

    async def _customers(self, http: httpx.AsyncClient) -> list[Customer]:
        people = [
            (uuid7(), uuid7(), REGIONS[n % len(REGIONS)]) for n in range(self._scenario.customers)
        ]
        await self._testbed.add_journeys(people)
        calls: dict[object, Customer] = {}
        return [
            Customer(
                hold_id=hold_id,
                client=self._client(http, token_for(self._testbed.keys, subject_id=customer_id)),
                log=self._log,
                calls=calls,  # type: ignore[arg-type]
                rng=random.Random(self._rng.random()),  # noqa: S311, as above
            )
            for hold_id, customer_id, _ in people
        ]

    def _agents(self, http: httpx.AsyncClient, calls: dict) -> list[Agent]:  # type: ignore[type-arg]
        agents = []
        for n in range(self._scenario.agents):
            agent_id = uuid7()
            claims = {"roles": ["call_agent"], "regions": [REGIONS[n % len(REGIONS)]]}
            token = token_for(self._testbed.keys, "staff", subject_id=agent_id, **claims)
            agents.append(
                Agent(
                    id=agent_id,
                    client=self._client(http, token),
                    log=self._log,
                    calls=calls,
                    rng=random.Random(self._rng.random()),  # noqa: S311, as above
                    cameras=self._pairs[n] if n < len(self._pairs) else None,
                )
            )
        return agents

    def _client(self, http: httpx.AsyncClient, token: str) -> Client:
        return Client(http, token, self._log)

    async def _disturb(self, planned: Planned) -> None:
        await asyncio.sleep(planned.at)
        self._log.disturbances[planned.kind] += 1
        match planned.kind:
            case Disturbance.REPLICA_KILLED:
                replica = self._testbed.replicas[planned.target]
                self._died += replica.has_exited
                await replica.restart_after(signal.SIGKILL, away=planned.lasts)
            case Disturbance.REPLICA_FROZEN:
                await self._testbed.replicas[planned.target].freeze(plan.FROZEN_SECONDS)
            case Disturbance.NODE_KILLED:
                await self._kill_node(planned)
            case Disturbance.SOCKETS_CUT:
                self._testbed.balancer.cut(CUT_SHARE, self._rng)
            case Disturbance.ALL_CUT:
                self._testbed.balancer.cut(1.0, self._rng)

    async def _kill_node(self, planned: Planned) -> None:
        address = self._testbed.node_addresses[planned.target]
        self._died += self._testbed.nodes[planned.target].has_exited
        parts = await recorded_on(self._testbed.db, address)
        dying = asyncio.create_task(self._testbed.kill_node(planned.target, planned.lasts))
        await asyncio.sleep(0)
        cameras = [camera for cameras in self._pairs for camera in cameras.cameras.values()]
        self._cuts += await cut_off(cameras, parts, address)
        await dying

    async def _evidence(self) -> RunResult:
        processes = (*self._testbed.replicas, *self._testbed.nodes)
        died = self._died + sum(process.has_exited for process in processes)
        measured = await losses(self._testbed, self._cuts)
        outcome = await Outcome.read(self._testbed.db, await records_of(self._testbed.kafka))
        return RunResult(outcome, self._log, measured, self._scenario.customers, died)

    def _happened(self, evidence: RunResult) -> dict[str, int]:
        records = evidence.outcome.records.values()
        return {
            **dict(sorted(self._log.disturbances.items())),
            "calls": len(evidence.outcome.calls),
            "offers": len(evidence.outcome.reservations),
            "parts of recordings": len(evidence.outcome.parts),
            **{f"customers: {name}": n for name, n in sorted(self._log.finished.items())},
            "records sent again": sum(sum(ids.values()) - len(ids) for ids in records),
            **{f"  {name}": n for name, n in sorted(self._log.answers.items())},
        }
