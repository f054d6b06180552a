"""The suite in containers does what the suite on a laptop does, whichever container is killed."""

import asyncio
from pathlib import Path

import httpx
import pytest
from tests.containers import bus
from tests.containers.town import PYTHONS, Town

from demo import journeys
from demo.actors import Actors
from demo.story import Story
from deploy.compose import engine
from deploy.compose.image_scan import complaints
from deploy.compose.images import ALL, name_of

pytestmark = pytest.mark.containers

STAGES_UNTIL_PAID = 2
VICTIMS = (*PYTHONS, "gateway", "kafka", "postgres")


class Ambush(Story):
    """A story in which a container is killed as soon as the customer has paid."""

    def __init__(self, title: str, town: Town, victim: str) -> None:
        super().__init__(title)
        self._town, self._victim = town, victim

    def stage(self, name: str) -> None:
        """Kill once: everything that follows needs somebody who may be gone."""
        super().stage(name)
        if len(self.stages) == STAGES_UNTIL_PAID:
            self._town.kill(self._victim)


async def test_both_journeys_arrive(town: Town, actors: Actors) -> None:
    """F1 to F5b: a SIM card paid on receipt, an eSIM paid online."""
    lan = await journeys.physical(actors, Story("a SIM card, in containers"))
    nam = await journeys.esim(actors, Story("an eSIM, in containers"))

    for customer in (lan, nam):
        assert (await customer.activation_is("ACTIVATED"))["status"] == "ACTIVATED"
        await customer.hold_is("CONSUMED")
    assert town.rows("hold", "hold") >= 2


@pytest.mark.parametrize("victim", VICTIMS)
async def test_the_journey_goes_on_without_whoever_is_killed(
    town: Town, actors: Actors, victim: str
) -> None:
    before, ears = town.restarts(victim), await bus.members(town.kafka)

    nam = await journeys.esim(actors, Ambush(f"{victim} is killed", town, victim))
    await nam.activation_is("ACTIVATED")
    await nam.hold_is("CONSUMED")

    assert town.restarts(victim) == before + 1
    await bus.hears_again(town.kafka, ears.get(victim, set()))


async def test_rows_and_topics_are_there_after_down_and_up(town: Town, actors: Actors) -> None:
    nam = await journeys.esim(actors, Story("before the night"))
    await nam.hold_is("CONSUMED")
    rows, records = town.rows("hold", "hold"), await bus.ends_at_rest(town.kafka)

    await asyncio.to_thread(town.down)
    await asyncio.to_thread(town.up)

    after = await bus.ends_at_rest(town.kafka)
    assert town.rows("hold", "hold") == rows
    assert records.keys() == after.keys()
    assert {name for name in records if after[name] < records[name]} == set()
    await nam.activation_is("ACTIVATED")
    await bus.hears_again(town.kafka, set())


def test_the_image_of_the_pages_holds_their_build(town: Town) -> None:
    first = httpx.get(town.gateway)

    assert first.status_code == 200
    assert '<script type="module"' in first.text


def test_nobody_in_the_town_may_do_more_than_needed(town: Town) -> None:
    for container in VICTIMS:
        about = town.settings(container)
        assert about["HostConfig"]["CapDrop"] == ["ALL"], container
        assert "no-new-privileges:true" in about["HostConfig"]["SecurityOpt"], container
        assert about["HostConfig"]["ReadonlyRootfs"] == (container != "kafka"), container
        assert about["Config"]["User"] not in ("", "0", "root") or container == "kafka", container
        assert not [word for word in about["Config"]["Env"] if "SECRET=" in word], container
    for container in PYTHONS:
        assert town.settings(container)["Config"]["User"] == "10001:10001"


@pytest.mark.parametrize("service", ALL)
def test_there_is_nothing_in_an_image_to_break_in_with_or_to_steal(service: str) -> None:
    assert complaints(service) == []
    assert engine.ask("image", "inspect", "--format", "{{.Config.User}}", name_of(service))


def test_hadolint_has_nothing_to_say() -> None:
    recipes = [Path("deploy/docker/Dockerfile"), Path("deploy/docker/standins/Dockerfile")]
    assert engine.lint(recipes) == ""
