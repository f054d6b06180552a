"""Settings of the servers that are the same on a machine and in a container."""

from typing import Final

KAFKA: Final = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "auto.create.topics.enable": "false",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "3",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "3",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "num.network.threads": "2",
    "num.io.threads": "2",
    "log.segment.bytes": "16777216",
    "log.cleaner.dedupe.buffer.size": "4194304",
}
"""Settings of the broker on this machine and in the compose file."""

POSTGRES: Final = {"max_connections": "300", "shared_buffers": "64MB"}
"""Settings of PostgreSQL on this machine and in the compose file."""
