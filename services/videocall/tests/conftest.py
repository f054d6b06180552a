"""The videocall service on a real database, open day and night unless a test closes it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from services.videocall.tests.pictures import jpeg
from services.videocall.tests.sockets import Replica, replica
from services.videocall.tests.talks import Node, Talk, talking, world_with
from services.videocall.tests.world import World

from kit import clock
from kit.db import Database
from kit.testing import empty
from stack.ports import Ports
from videocall.main import create_app
from videocall.settings import Settings


@pytest.fixture(scope="session")
async def database(service_database: Callable[[str], Awaitable[Database]]) -> Database:
    return await service_database("videocall")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
async def always_open() -> bool:
    return True


@pytest.fixture
async def world(
    db: Database,
    keys_dir: Path,
    tmp_path: Path,
    always_open: bool,  # noqa: FBT001, a fixture that some tests turn
) -> AsyncIterator[World]:
    clock_file = tmp_path / "clock"
    settings = Settings.model_validate(
        {
            "database_url": db.engine.url.render_as_string(hide_password=False),
            "keys_dir": keys_dir,
            "clock_file": clock_file,
            "always_open": always_open,
            "media_optional": True,
            "audited_first": 0,
        }
    )
    yield World(create_app(settings, db), db, keys_dir, clock_file, settings)
    clock.follow(None)


@pytest.fixture
def picture() -> Callable[..., bytes]:
    return jpeg


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    port = Ports(tmp_path / "ports.json").give("media")
    with Node(tmp_path, port).running() as node:
        yield node


@pytest.fixture
async def talk(world: World, node: Node) -> AsyncIterator[Talk]:
    async with world_with(world, node) as with_media, talking(with_media) as talk:
        yield talk


@pytest.fixture
async def service(world: World) -> AsyncIterator[Replica]:
    async with replica(world.app) as service:
        yield service


@pytest.fixture
async def other(world: World) -> AsyncIterator[Replica]:
    """Bring a second replica over the same database."""
    async with replica(create_app(world.settings, world.db)) as other:
        yield other
