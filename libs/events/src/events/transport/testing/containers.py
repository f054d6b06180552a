"""A PostgreSQL and an Apache Kafka in containers, for those who have a Docker engine."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from testcontainers.core.container import DockerContainer

POSTGRES_IMAGE: Final = "postgres:18"
KAFKA_IMAGE: Final = "apache/kafka:4.4.0"
START_SECONDS: Final = 60.0

_POSTGRES_PORT: Final = 5432
_KAFKA_PORT: Final = 9092


@contextmanager
def postgres() -> Iterator[str]:
    """Give the address of a PostgreSQL where databases may be made, while the block runs."""
    container = (
        DockerContainer(POSTGRES_IMAGE)
        .with_env("POSTGRES_HOST_AUTH_METHOD", "trust")
        .with_command("postgres -c max_connections=300 -c fsync=off")
        .with_exposed_ports(_POSTGRES_PORT)
    )
    with container:
        place = f"{container.get_container_host_ip()}:{container.get_exposed_port(_POSTGRES_PORT)}"
        _wait_until(lambda: _lets_us_in(f"postgresql://postgres@{place}/postgres"))
        yield f"postgresql+psycopg://postgres@{place}/postgres"


@contextmanager
def kafka() -> Iterator[str]:
    """Give the address of an Apache Kafka, while the block runs; it may not be ready at once."""
    # A broker tells its clients where it is, so the port must be known before it starts.
    port = _free_port()
    container = DockerContainer(KAFKA_IMAGE).with_bind_ports(_KAFKA_PORT, port)
    for name, value in _settings(port).items():
        container = container.with_env(f"KAFKA_{name}", value)
    with container:
        yield f"127.0.0.1:{port}"


def _settings(port: int) -> dict[str, str]:
    return {
        "NODE_ID": "1",
        "PROCESS_ROLES": "broker,controller",
        "CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "LISTENERS": f"PLAINTEXT://:{_KAFKA_PORT},CONTROLLER://:9093",
        "ADVERTISED_LISTENERS": f"PLAINTEXT://127.0.0.1:{port}",
        "CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "INTER_BROKER_LISTENER_NAME": "PLAINTEXT",
        "LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "AUTO_CREATE_TOPICS_ENABLE": "false",
        "OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "TRANSACTION_STATE_LOG_MIN_ISR": "1",
        "SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR": "1",
        "SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR": "1",
        "GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _lets_us_in(address: str) -> bool:
    # The image starts the server twice: the first one listens on no port of the network.
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _wait_until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"no answer in {START_SECONDS:g} s")
        time.sleep(0.1)
