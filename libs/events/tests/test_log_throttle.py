"""A client that has lost its broker says it once, and later how often it would have said it."""

import logging
from collections.abc import Iterator

import pytest

from events.transport.log_throttle import LogThrottle, throttle_client_logs


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def client(clock: list[float], said: list[str]) -> Iterator[logging.Logger]:
    """Make a logger whose filter has a clock of the test's own."""

    class Paper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, paper = logging.getLogger("a client"), Paper()
    once = LogThrottle(30, lambda: clock[0])
    logger.addHandler(paper)
    logger.addFilter(once)
    yield logger
    logger.removeHandler(paper)
    logger.removeFilter(once)


def test_the_same_message_is_said_once_in_a_while_and_the_rest_is_counted(
    client: logging.Logger, clock: list[float], said: list[str]
) -> None:
    for port in range(9000, 9010):
        client.error("Unable to connect to %s", port)
    clock[0] = 29.9
    client.error("Unable to connect to %s", 9010)
    clock[0] = 30.0
    client.error("Unable to connect to %s", 9011)
    clock[0] = 60.0
    client.error("Unable to connect to %s", 9012)

    assert said == [
        "Unable to connect to 9000",
        "Unable to connect to 9011 (10 more like this were not shown)",
        "Unable to connect to 9012",
    ]


def test_another_message_is_not_held_back(client: logging.Logger, said: list[str]) -> None:
    client.warning("Heartbeat failed")
    client.error("Heartbeat failed")
    client.error("Left the group")

    assert len(said) == 3


def test_every_logger_of_the_client_is_quiet_and_nobody_elses() -> None:
    conn, other = logging.getLogger("aiokafka.conn"), logging.getLogger("aiokafkaesque")

    throttle_client_logs()
    throttle_client_logs()

    assert [type(each).__name__ for each in conn.filters] == ["LogThrottle"]
    assert other.filters == []
