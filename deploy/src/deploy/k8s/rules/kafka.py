"""Rules about Kafka: topics and permissions are those of the event list, brokers are replicated."""

from collections.abc import Iterator
from typing import Any

from deploy.k8s.names import PARTITIONS
from deploy.k8s.rules.overlay import Overlay
from deploy.k8s.subscriptions import consumed_by, dead_letter_topic
from deploy.services import SERVICES
from events import CATALOGUE

Permission = tuple[str, str, str]
"""Resource type, name and operation."""

BROKERS = 3
AGREE = 2
"""`min.insync.replicas`: brokers that have a record before it is acknowledged."""
_CONFIG = {"cleanup.policy": "delete", "min.insync.replicas": AGREE}


def topics_are_the_events(overlay: Overlay) -> Iterator[str]:
    """Check that there is a topic for each event, and no other."""
    topics = {topic["spec"]["topicName"]: topic["spec"] for topic in overlay.all("KafkaTopic")}
    expected = {*CATALOGUE, *map(dead_letter_topic, SERVICES)}
    for name in sorted(expected - set(topics)):
        yield f"The event {name} has no KafkaTopic."
    for name in sorted(set(topics) - expected):
        yield f"KafkaTopic {name} is no event of the list in libs/events."
    for name, spec in topics.items():
        kept = {key: spec["config"].get(key) for key in _CONFIG}
        if (spec["partitions"], spec["replicas"], kept) != (PARTITIONS, BROKERS, _CONFIG):
            yield (
                f"KafkaTopic {name} needs {PARTITIONS} partitions, {BROKERS} replicas, {_CONFIG}:"
                f" one journey, one lane, and nothing lost with one broker."
            )


def permissions_are_the_event_list(overlay: Overlay) -> Iterator[str]:
    """Check that each service may do with each topic exactly what its events say."""
    users = {user["metadata"]["name"]: user["spec"] for user in overlay.all("KafkaUser")}
    expected = {**{service: _of(service) for service in SERVICES}, "keda": _of_the_scaler()}
    for name in sorted(set(users) | set(expected)):
        given = {p for acl in users.get(name, _NOTHING)["authorization"]["acls"] for p in _in(acl)}
        for kind, what, verb in sorted(given - expected.get(name, set())):
            yield f"KafkaUser {name} may {verb} the {kind} {what}, which is not its business."
        for kind, what, verb in sorted(expected.get(name, set()) - given):
            yield f"KafkaUser {name} may not {verb} the {kind} {what}, which it has to."


_NOTHING: dict[str, Any] = {"authorization": {"acls": []}}


def _in(acl: dict[str, object]) -> Iterator[Permission]:
    resource, operations = acl["resource"], acl["operations"]
    assert isinstance(resource, dict)
    assert isinstance(operations, list)
    exact = resource.get("patternType", "literal") == "literal"
    name = resource.get("name", "*") if exact else f"{resource['name']}*"
    return ((resource["type"], name, verb) for verb in operations)


def _of(service: str) -> set[Permission]:
    published = {topic for topic, event in CATALOGUE.items() if event.source == service}
    writes = {("topic", topic, "Write") for topic in (*published, dead_letter_topic(service))}
    reads = {("topic", topic, "Read") for topic in consumed_by(service)}
    looks = {("topic", topic, "Describe") for _, topic, _ in writes | reads}
    group = {("group", service, "Read"), ("group", service, "Describe")} if reads else set()
    return writes | reads | looks | group


def _of_the_scaler() -> set[Permission]:
    consumed = {topic for service in SERVICES for topic in consumed_by(service)}
    groups = {("group", service, "Describe") for service in SERVICES if consumed_by(service)}
    return {("topic", topic, "Describe") for topic in consumed} | groups


def brokers_lose_nothing(overlay: Overlay) -> Iterator[str]:
    """Check that one broker may be lost with nothing that was promised."""
    pools = list(overlay.all("KafkaNodePool"))
    brokers = sum(pool["spec"]["replicas"] for pool in pools if "broker" in pool["spec"]["roles"])
    if brokers < BROKERS:
        yield f"There are {brokers} brokers; with fewer than {BROKERS} none can be taken away."
    for kafka in overlay.all("Kafka"):
        spec = kafka["spec"]["kafka"]
        if spec["config"].get("min.insync.replicas") != AGREE:
            yield f"Kafka answers before {AGREE} brokers agree: say min.insync.replicas: {AGREE}."
        if "rack" not in spec:
            yield "Kafka does not know which zone a broker is in."
        if any(not listener.get("tls") for listener in spec["listeners"]):
            yield "Kafka has a listener without TLS."


WITH_OPERATORS = (topics_are_the_events, permissions_are_the_event_list, brokers_lose_nothing)
