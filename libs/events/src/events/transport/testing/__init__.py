"""Helpers for tests of events: a service that consumes, a producer without a broker, waiting.

`mock_kafka` and `containers` need the extra `events[testing]`; neither is loaded before it is
imported.
"""

from events.transport.testing.fake_producer import FakeBatch, FakeProducer
from events.transport.testing.listener import Listener
from events.transport.testing.parking import make_all_due, parked_events
from events.transport.testing.topics import begin_at_the_end, keys_in_lane, send
from events.transport.testing.waiting import eventually, until

__all__ = [
    "FakeBatch",
    "FakeProducer",
    "Listener",
    "begin_at_the_end",
    "eventually",
    "keys_in_lane",
    "make_all_due",
    "parked_events",
    "send",
    "until",
]
