"""One town for all these tests; everything is taken down at the end."""

from collections.abc import AsyncIterator, Iterator

import pytest
from tests.containers.town import Town

from demo.actors import Actors
from deploy.compose import engine
from events.ids import uuid7
from stack.ports import Ports


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Start the compose file."""
    engine.ensure()
    folder = tmp_path_factory.mktemp("town")
    ports = Ports(folder / "ports.json")
    name = f"chonso-{uuid7().hex[-8:]}"
    town = Town(folder, name, ports.give("gateway"), ports.give("kafka"))
    try:
        town.up()
        yield town
    finally:
        town.remove()


@pytest.fixture
async def actors(town: Town) -> AsyncIterator[Actors]:
    """Come in by the gateway."""
    actors = Actors(town.gateway)
    yield actors
    await actors.close()
