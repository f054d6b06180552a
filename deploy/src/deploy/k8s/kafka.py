"""Topics, and who may write and read them: exactly as the events and the services say."""

import re
from typing import Final

from deploy.k8s.hearers import dead_letters, heard_by, stated_by
from deploy.k8s.words import PARTITIONS, SUITE, Object
from events import CATALOGUE

REPLICAS: Final = 3
_DAY: Final = 86_400_000
_CLUSTER: Final = {"strimzi.io/cluster": SUITE}


def topics(services: tuple[str, ...]) -> list[Object]:
    """Write down one topic for each event, one for each service's dead letters."""
    dead = (_topic(dead_letters(service), days=30) for service in services)
    return [*(_topic(name, days=7) for name in sorted(CATALOGUE)), *dead]


def users(services: tuple[str, ...]) -> list[Object]:
    """Write down what each service may do, and what its scaler may look at."""
    return [*(_user(service) for service in services), _scaler(services)]


def _topic(name: str, *, days: int) -> Object:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
    return {
        "apiVersion": "kafka.strimzi.io/v1",
        "kind": "KafkaTopic",
        "metadata": {"name": words, "labels": _CLUSTER.copy()},
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
    writes = [_acl("topic", topic, "Write", "Describe") for topic in stated_by(service)]
    reads = [_acl("topic", topic, "Read", "Describe") for topic in heard_by(service)]
    group = [_acl("group", service, "Read", "Describe")] if reads else []
    return _named(service, [*writes, *reads, *group])


def _scaler(services: tuple[str, ...]) -> Object:
    heard = sorted({topic for service in services for topic in heard_by(service)})
    groups = [service for service in services if heard_by(service)]
    looks = [_acl("topic", topic, "Describe") for topic in heard]
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
