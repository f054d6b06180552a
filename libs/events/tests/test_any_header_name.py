"""Batches as Kafka keeps them, with names of headers that are not UTF-8."""

import pytest
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy
from aiokafka.record.memory_records import MemoryRecords
from libs.events.tests.forgery import NotUtf8

from events.transport.compatibility import Records
from events.transport.envelope import bytes_of

PLAIN, GZIP = 0, 1


def batch(compression: int, *names: str) -> bytes:
    builder = _DefaultRecordBatchBuilderPy(2, compression, 0, -1, -1, 0, 1_000_000)
    for offset, name in enumerate(names):
        builder.append(offset, 1_000, b"key", None, [(name, b"\xff"), ("more", None)])
    return bytes(builder.build())


@pytest.mark.parametrize("compression", [PLAIN, GZIP])
def test_every_record_of_a_batch_is_read_and_every_name_can_be_had_back(compression: int) -> None:
    good, bad = batch(compression, "a", "b"), batch(compression, "a", NotUtf8("b"), "c")
    records = Records(good + bad + good[:-1])  # the last is not whole, as a fetch may end

    read = []
    while records.has_next():
        kafka_batch = records.next_batch()
        assert kafka_batch.validate_crc()
        assert not kafka_batch.is_control_batch
        read.append(
            [
                (record.offset, record.key, record.value, list(record.headers))
                for record in kafka_batch
            ]
        )

    more = ("more", None)
    assert read[0] == [(n, b"key", None, [(name, b"\xff"), more]) for n, name in enumerate("ab")]
    assert [bytes_of(headers[0][0]) for *_, headers in read[1]] == [b"a", b"\xffb", b"c"]
    assert [headers[1] for *_, headers in read[1]] == [more] * 3
    assert records.size_in_bytes() == len(good + bad + good[:-1])


def test_aiokafka_itself_still_cannot_read_such_a_name() -> None:
    """`compatibility.Records` is no longer needed when this fails."""
    records = MemoryRecords(batch(PLAIN, NotUtf8("b"))).next_batch()
    assert records

    with pytest.raises(UnicodeDecodeError):
        next(iter(records))
