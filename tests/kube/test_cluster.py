"""The suite on a real Kubernetes: it arrives, it is renewed under load, it survives its pods."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from tests.kube import ledger, place
from tests.kube.load import crowd
from tests.kube.notes import Notes

from demo import journeys
from demo.actors import Actors
from demo.gateway import until
from demo.story import Story
from deploy.services import SERVICES, SIMULATORS, WEB

pytestmark = pytest.mark.cluster

PYTHONS = (*SERVICES, SIMULATORS)
ROLLED = (*SERVICES, WEB, "gateway")
"""Deployments of the suite itself; the outside systems are only simulated."""
STORES = ("postgres", "kafka")
VICTIMS = (*PYTHONS, "gateway", *STORES)
STAGES_UNTIL_PAID = 2
ABREAST = 3
FIRST = 20
TOO_MUCH = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "too-much"},
    "spec": {"containers": [{"name": "root", "image": "chonso/hold:dev"}]},
}


class Ambush(Story):
    """A story in which a container is killed as soon as the customer has paid."""

    def __init__(self, title: str, kill: Callable[[], None]) -> None:
        super().__init__(title)
        self._kill = kill

    def stage(self, name: str) -> None:
        """Kill once: everything that follows needs somebody who may be gone."""
        super().stage(name)
        if len(self.stages) == STAGES_UNTIL_PAID:
            self._kill()


async def test_both_journeys_arrive(actors: Actors, notes: Notes) -> None:
    """F1 to F5b: a SIM card paid on receipt, an eSIM paid online."""
    notes.begin()
    lan = await journeys.physical(actors, Story("a SIM card, on Kubernetes"))
    nam = await journeys.esim(actors, Story("an eSIM, on Kubernetes"))
    notes.took("both journeys, from a number to a connected SIM")

    for customer in (lan, nam):
        assert (await customer.activation_is("ACTIVATED"))["status"] == "ACTIVATED"
        await customer.hold_is("CONSUMED")
    assert await ledger.nothing_is_lost() > 0


@pytest.mark.usefixtures("suite")
def test_the_namespace_admits_nobody_who_may_do_more_than_needed() -> None:
    why = place.refuses("apply", "--dry-run=server", "-f", "-", said=yaml.safe_dump(TOO_MUCH))

    assert 'violates PodSecurity "restricted' in why


@pytest.mark.usefixtures("suite")
def test_every_database_was_migrated_by_a_job() -> None:
    jobs = {job["metadata"]["name"]: job["status"] for job in place.see("jobs")["items"]}

    assert {f"migrate-{service}" for service in SERVICES} | {"setup"} <= jobs.keys()
    assert {name for name, status in jobs.items() if status.get("succeeded") != 1} == set()


async def test_a_restart_of_every_service_is_nothing_a_customer_notices(
    suite: str, notes: Notes
) -> None:
    await _under_load(suite, notes, "restarted", _restart)


async def test_a_release_and_its_roll_back_are_nothing_a_customer_notices(
    suite: str, notes: Notes
) -> None:
    await _under_load(suite, notes, "given a release and rolled back", _release_and_roll_back)


@pytest.mark.parametrize("victim", VICTIMS)
async def test_the_journey_goes_on_without_whoever_is_killed(
    actors: Actors, notes: Notes, victim: str
) -> None:
    before = place.pod(victim)
    notes.begin()

    nam = await journeys.esim(actors, Ambush(f"{victim} is killed", lambda: _kill(victim)))
    await nam.activation_is("ACTIVATED")
    await nam.hold_is("CONSUMED")
    notes.took(f"an eSIM while {victim} is killed")

    await asyncio.to_thread(place.rolled, _workload(victim))
    after = place.pod(victim)
    assert _lives(after) != _lives(before)
    assert await ledger.nothing_is_lost() > 0


async def _under_load(suite: str, notes: Notes, what: str, change: Callable[[str], None]) -> None:
    async with crowd(suite) as there:
        await there.everybody_has_arrived_once()
        notes.begin()
        for workloads in (ROLLED[at : at + ABREAST] for at in range(0, len(ROLLED), ABREAST)):
            await asyncio.gather(*(asyncio.to_thread(change, name) for name in workloads))
        await until("the last ones to leave", _nobody_is_leaving)
        notes.took(f"{len(ROLLED)} workloads {what}, {ABREAST} at a time")
    consumed = await ledger.nothing_is_lost()
    notes.add(f"meanwhile {there}; facts consumed so far: {consumed}")
    notes.held("the suite afterwards", place.memory())
    assert not there.witness.failures, "\n".join(there.witness.failures[:FIRST])


async def _nobody_is_leaving() -> bool:
    pods = (await asyncio.to_thread(place.see, "pods"))["items"]
    return not any("deletionTimestamp" in pod["metadata"] for pod in pods)


def _restart(name: str) -> None:
    place.ask("rollout", "restart", f"deployment/{name}")
    place.rolled(f"deployment/{name}")


def _release_and_roll_back(name: str) -> None:
    before = place.pod(name)
    place.ask("set", "env", f"deployment/{name}", "RELEASE=next")
    place.rolled(f"deployment/{name}")
    released = place.pod(name)
    place.ask("rollout", "undo", f"deployment/{name}")
    place.rolled(f"deployment/{name}")
    told = [
        p["metadata"]["labels"]["pod-template-hash"] for p in (before, released, place.pod(name))
    ]
    assert told[0] == told[2] != told[1], told


def _kill(victim: str) -> None:
    """Let a process of ours die in its pod without a word; give any other pod one second."""
    name = place.pod(victim)["metadata"]["name"]
    if victim in PYTHONS:
        # The first process of a container hears no SIGKILL from inside, but for the kernel's own:
        # here because it has used up its time.
        python = "import resource as r; r.prlimit(1, r.RLIMIT_CPU, (1, 1))"
        place.ask("exec", name, "--", "python", "-c", python)
    else:
        place.ask("delete", "pod", name, "--grace-period=1")


def _workload(name: str) -> str:
    return f"statefulset/{name}" if name in STORES else f"deployment/{name}"


def _lives(pod: dict[str, Any]) -> tuple[str, int]:
    (container,) = pod["status"]["containerStatuses"]
    return pod["metadata"]["uid"], container["restartCount"]
