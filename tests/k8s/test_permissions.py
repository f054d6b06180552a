"""A broker that is told what the KafkaUsers say lets each service do its work, and no other's."""

import asyncio
from collections.abc import Iterator

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
)
from tests.k8s.bouncer import Guarded, Office, guarded_broker, permit

from deploy.k8s import kafka as manifests
from deploy.k8s.subscriptions import consumed_by, dead_letter_topic, published_by
from deploy.services import SERVICES
from events import CATALOGUE
from events.transport import certificates, topics
from events.transport.sending import new_producer


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def running(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with guarded_broker(tmp_path_factory.mktemp("broker"), office) as broker:
        yield broker


@pytest.fixture(scope="module")
async def broker(running: Guarded) -> Guarded:
    names = [*CATALOGUE, *map(dead_letter_topic, SERVICES)]
    await topics.ensure(running.open_door, names, partitions=1)
    for user in manifests.users(SERVICES):
        await permit(running.open_door, user)
    return running


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest, office: Office) -> Iterator[str]:
    name = str(request.param)
    folder = office.home / name
    certificates.follow(folder if folder.exists() else office.issue(name))
    yield name
    certificates.follow(None)


async def test_a_service_states_what_is_its_own_and_nothing_else(
    broker: Guarded, service: str
) -> None:
    producer = new_producer(broker.guarded_door)
    try:
        await producer.start()
        for topic in published_by(service):
            await producer.send_and_wait(topic, b"{}")
        foreign = next(t for t, event in CATALOGUE.items() if event.source != service)
        with pytest.raises(TopicAuthorizationFailedError):
            await producer.send_and_wait(foreign, b"{}")
    finally:
        await producer.stop()


async def test_a_service_hears_what_it_listens_to_in_its_own_group(
    broker: Guarded, service: str
) -> None:
    if not consumed_by(service):
        return
    group = AIOKafkaConsumer(
        *consumed_by(service),
        bootstrap_servers=broker.guarded_door,
        **certificates.options(),
        group_id=service,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    try:
        await group.start()
        assigned = {place.topic for place in group.assignment()}
        await group.commit(dict.fromkeys(group.assignment(), 0))
    finally:
        await group.stop()

    assert assigned == set(consumed_by(service))


async def test_without_a_certificate_nobody_comes_in(broker: Guarded) -> None:
    producer = new_producer(broker.guarded_door)

    with pytest.raises(KafkaError):
        await producer.start()
    await producer.stop()


async def test_nobody_listens_in_the_name_of_another(broker: Guarded, office: Office) -> None:
    certificates.follow(office.issue("stranger"))
    spy = AIOKafkaConsumer(
        bootstrap_servers=broker.guarded_door, **certificates.options(), group_id="hold"
    )
    certificates.follow(None)
    spy.subscribe(list(consumed_by("hold")))

    try:
        with pytest.raises((TopicAuthorizationFailedError, GroupAuthorizationFailedError)):
            await asyncio.wait_for(spy.start(), 10)
    finally:
        await spy.stop()
