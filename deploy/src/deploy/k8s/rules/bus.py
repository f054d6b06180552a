"""Whether the topics and their readers and writers are those of the event list."""

from collections.abc import Iterator
from typing import Any

from deploy.k8s.hearers import dead_letters, heard_by
from deploy.k8s.rules.overlay import Overlay
from deploy.k8s.words import PARTITIONS
from deploy.services import SERVICES
from events import CATALOGUE

Permission = tuple[str, str, str]
"""What kind of thing, its name, what may be done with it."""

BROKERS = 3
AGREE = 2
"""So many brokers have a record before the producer hears that it is safe."""
_CONFIG = {"cleanup.policy": "delete", "min.insync.replicas": AGREE}


def topics_are_the_events(overlay: Overlay) -> Iterator[str]:
    """Check that there is a topic for each event, and no other."""
    topics = {topic["spec"]["topicName"]: topic["spec"] for topic in overlay.all("KafkaTopic")}
    wanted = {*CATALOGUE, *map(dead_letters, SERVICES)}
    for name in sorted(wanted - set(topics)):
        yield f"The event {name} has no KafkaTopic."
    for name in sorted(set(topics) - wanted):
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
    wanted = {**{service: _of(service) for service in SERVICES}, "keda": _of_the_scaler()}
    for name in sorted(set(users) | set(wanted)):
        given = {p for acl in users.get(name, _NOTHING)["authorization"]["acls"] for p in _in(acl)}
        for kind, what, verb in sorted(given - wanted.get(name, set())):
            yield f"KafkaUser {name} may {verb} the {kind} {what}, which is not its business."
        for kind, what, verb in sorted(wanted.get(name, set()) - given):
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
    stated = {topic for topic, event in CATALOGUE.items() if event.source == service}
    writes = {("topic", topic, "Write") for topic in (*stated, dead_letters(service))}
    reads = {("topic", topic, "Read") for topic in heard_by(service)}
    looks = {("topic", topic, "Describe") for _, topic, _ in writes | reads}
    group = {("group", service, "Read"), ("group", service, "Describe")} if reads else set()
    return writes | reads | looks | group


def _of_the_scaler() -> set[Permission]:
    heard = {topic for service in SERVICES for topic in heard_by(service)}
    groups = {("group", service, "Describe") for service in SERVICES if heard_by(service)}
    return {("topic", topic, "Describe") for topic in heard} | groups


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
