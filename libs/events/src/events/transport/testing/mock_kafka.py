"""A Kafka in this process that fails on command: librdkafka's mock cluster, of confluent-kafka.

It speaks the protocol on real sockets and starts in milliseconds. It has one member per group and
makes no topics by request: whatever needs a rebalance or a restart needs an Apache Kafka.
"""

import ctypes
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Final

from aiokafka.errors import BrokerResponseError

BROKER: Final = 1
_PRODUCER: Final = 0
_ERROR_BYTES: Final = 512


class Api(IntEnum):
    """The requests of a client to a broker, by their number in the protocol."""

    PRODUCE = 0
    FETCH = 1
    METADATA = 3
    OFFSET_COMMIT = 8
    OFFSET_FETCH = 9
    FIND_COORDINATOR = 10
    JOIN_GROUP = 11
    HEARTBEAT = 12
    INIT_PRODUCER_ID = 22


class MockKafka:
    """A mock broker with the faults it was told to have."""

    def __init__(self) -> None:
        self._library = _library()
        reason = ctypes.create_string_buffer(_ERROR_BYTES)
        settings = self._library.rd_kafka_conf_new()
        # It is a client, too, and would complain that it was given no broker.
        wrong = self._library.rd_kafka_conf_set(settings, b"log_level", b"2", reason, _ERROR_BYTES)
        assert not wrong, reason.value
        self._handle = self._library.rd_kafka_new(_PRODUCER, settings, reason, _ERROR_BYTES)
        assert self._handle, reason.value
        self._cluster = self._library.rd_kafka_mock_cluster_new(self._handle, BROKER)
        assert self._cluster, "librdkafka made no cluster"
        self._library.rd_kafka_mock_group_initial_rebalance_delay_ms(self._cluster, 0)
        address = self._library.rd_kafka_mock_cluster_bootstraps(self._cluster)
        self.bootstrap: str = address.decode()

    def add_topic(self, name: str, partitions: int = 6) -> None:
        """Make a topic."""
        failed = self._library.rd_kafka_mock_topic_create(
            self._cluster, name.encode(), partitions, 1
        )
        assert not failed, f"librdkafka did not make {name}: {failed}"

    def refuse(self, api: Api, *errors: type[BrokerResponseError]) -> None:
        """Answer the next requests of a kind with these errors, one after the other."""
        codes = (ctypes.c_int * len(errors))(*(error.errno for error in errors))
        self._library.rd_kafka_mock_push_request_errors_array(
            self._cluster, api, len(errors), codes
        )

    def go_down(self) -> None:
        """Close all connections and accept none."""
        self._library.rd_kafka_mock_broker_set_down(self._cluster, BROKER)

    def come_up(self) -> None:
        """Accept connections again."""
        self._library.rd_kafka_mock_broker_set_up(self._cluster, BROKER)

    def answer_after(self, milliseconds: int) -> None:
        """Delay each answer from now on."""
        self._library.rd_kafka_mock_broker_set_rtt(self._cluster, BROKER, milliseconds)

    def close(self) -> None:
        """Stop the broker; its records are lost."""
        self._library.rd_kafka_mock_cluster_destroy(self._cluster)
        self._library.rd_kafka_destroy(self._handle)


@contextmanager
def mock_kafka(*topics: str, partitions: int = 6) -> Iterator[MockKafka]:
    """Run a mock broker with these topics while the block runs."""
    kafka = MockKafka()
    try:
        for topic in topics:
            kafka.add_topic(topic, partitions)
        yield kafka
    finally:
        kafka.close()


def _library() -> ctypes.CDLL:
    # Only the shared library of the package is used: the package itself is not imported.
    package = importlib.util.find_spec("confluent_kafka")
    assert package is not None, "mock_kafka needs the package confluent-kafka"
    assert package.origin is not None
    folder = Path(package.origin).parent.with_name("confluent_kafka.libs")
    library = ctypes.CDLL(str(next(folder.glob("librdkafka-*"))))
    pointer, number = ctypes.c_void_p, ctypes.c_int
    signatures: dict[str, tuple[list[type], type | None]] = {
        "rd_kafka_conf_new": ([], pointer),
        "rd_kafka_conf_set": (
            [pointer, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t],
            number,
        ),
        "rd_kafka_new": ([number, pointer, ctypes.c_char_p, ctypes.c_size_t], pointer),
        "rd_kafka_destroy": ([pointer], None),
        "rd_kafka_mock_cluster_new": ([pointer, number], pointer),
        "rd_kafka_mock_cluster_destroy": ([pointer], None),
        "rd_kafka_mock_cluster_bootstraps": ([pointer], ctypes.c_char_p),
        "rd_kafka_mock_topic_create": ([pointer, ctypes.c_char_p, number, number], number),
        "rd_kafka_mock_group_initial_rebalance_delay_ms": ([pointer, ctypes.c_int32], None),
        "rd_kafka_mock_push_request_errors_array": (
            [pointer, ctypes.c_int16, ctypes.c_size_t, ctypes.POINTER(number)],
            None,
        ),
        "rd_kafka_mock_broker_set_down": ([pointer, ctypes.c_int32], number),
        "rd_kafka_mock_broker_set_up": ([pointer, ctypes.c_int32], number),
        "rd_kafka_mock_broker_set_rtt": ([pointer, ctypes.c_int32, number], number),
    }
    for name, (arguments, answer) in signatures.items():
        function = getattr(library, name)
        function.argtypes, function.restype = arguments, answer
    return library
