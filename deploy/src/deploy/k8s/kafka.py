"""KafkaTopics and KafkaUsers, from the list of events and the services' subscriptions."""

import re
from typing import Final

from deploy.k8s.names import PARTITIONS, SUITE, Object
from deploy.k8s.subscriptions import consumed_by, dead_letter_topic, published_by
from events import CATALOGUE

REPLICAS: Final = 3
_DAY: Final = 86_400_000
_CLUSTER: Final = {"strimzi.io/cluster": SUITE}


def topics(services: tuple[str, ...]) -> list[Object]:
    """Return one topic for each event and one for each service's dead letters."""
    dead = (_topic(dead_letter_topic(service), days=30) for service in services)
    return [*(_topic(name, days=7) for name in sorted(CATALOGUE)), *dead]


def users(services: tuple[str, ...]) -> list[Object]:
    """Return a user with its ACLs for each service, and one for the scaler."""
    return [*(_user(service) for service in services), _scaler(services)]


def _topic(name: str, *, days: int) -> Object:
    kebab_case = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
    return {
        "apiVersion": "kafka.strimzi.io/v1",
        "kind": "KafkaTopic",
        "metadata": {"name": kebab_case, "labels": _CLUSTER.copy()},
        "spec": {
            "topicName": name,
            "partitions": PARTITIONS,
            "replicas": REPLICAS,
            "config": {
                "cleanup.policy": "delete",
                "min.insync.replicas": 2,
                "retention.ms": days * _DAY,
            },
        },
    }


def _user(service: str) -> Object:
    writes = [_acl("topic", topic, "Write", "Describe") for topic in published_by(service)]
    reads = [_acl("topic", topic, "Read", "Describe") for topic in consumed_by(service)]
    group = [_acl("group", service, "Read", "Describe")] if reads else []
    return _named(service, [*writes, *reads, *group])


def _scaler(services: tuple[str, ...]) -> Object:
    consumed = sorted({topic for service in services for topic in consumed_by(service)})
    groups = [service for service in services if consumed_by(service)]
    looks = [_acl("topic", topic, "Describe") for topic in consumed]
    return _named("keda", [*looks, *(_acl("group", group, "Describe") for group in groups)])


def _named(name: str, acls: list[Object]) -> Object:
    return {
        "apiVersion": "kafka.strimzi.io/v1",
        "kind": "KafkaUser",
        "metadata": {"name": name, "labels": _CLUSTER.copy()},
        "spec": {
            "authentication": {"type": "tls"},
            "authorization": {"type": "simple", "acls": acls},
        },
    }


def _acl(kind: str, name: str, *operations: str) -> Object:
    return {
        "resource": {"type": kind, "name": name, "patternType": "literal"},
        "operations": list(operations),
    }
