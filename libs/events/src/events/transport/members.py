"""Members of a consumer group: the settings of a service's Kafka consumer."""

from typing import Final

from aiokafka import AIOKafkaConsumer
from aiokafka.coordinator.assignors.range import RangePartitionAssignor

from events.transport import certificates, telemetry
from events.transport.compatibility import read_any_header_name

REBALANCE_MS: Final = 8_000
"""Longer than a drain and its commit: the group goes on without a member that takes longer."""


def new_member(servers: str, group: str, timeouts: tuple[int, int]) -> AIOKafkaConsumer:
    """Make a consumer that commits by hand; `timeouts` are session and heartbeat, in ms."""
    session, heartbeat = timeouts
    rebalance = max(session, REBALANCE_MS)
    read_any_header_name()
    return AIOKafkaConsumer(
        bootstrap_servers=servers,
        **certificates.options(),
        group_id=group,
        client_id=telemetry.client_id(),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        # Range gives a member the same partition numbers of every topic, so that two events of
        # one journey are never handled at the same time.
        partition_assignment_strategy=(RangePartitionAssignor,),
        session_timeout_ms=session,
        heartbeat_interval_ms=heartbeat,
        rebalance_timeout_ms=rebalance,
        # Longer than the longest answer, which is that of a group; no longer than that, for a
        # member that waits for a broker that died fetches nothing.
        request_timeout_ms=rebalance + 5_000,
        metadata_max_age_ms=5_000,  # what a broker did not know when it came back, or is new
    )
