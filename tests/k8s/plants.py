"""Mistakes to make in a copy of `deploy/k8s`, and what has to be said about each."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Plant:
    """A mistake: in which file, how, and the sentence that must point at it."""

    file: str
    spoil: Callable[[str], str]
    says: str
    place: str = "prod"


def instead(old: str, new: str) -> Callable[[str], str]:
    """Replace the first occurrence of something that must be there."""

    def spoil(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return spoil


def without(key: str) -> Callable[[str], str]:
    """Leave out the first entry with this key and everything below it."""

    def spoil(text: str) -> str:
        shorter, count = re.subn(
            rf"^( *){key}:.*\n(\1[ -].*\n)*", "", text, count=1, flags=re.MULTILINE
        )
        assert count
        return shorter

    return spoil


def without_kind(kind: str) -> Callable[[str], str]:
    """Leave out the document of a kind."""

    def spoil(text: str) -> str:
        documents = text.split("---\n")
        left = [document for document in documents if f"kind: {kind}\n" not in document]
        assert len(left) < len(documents)
        return "---\n".join(left)

    return spoil


def added(more: str) -> Callable[[str], str]:
    """Write something at the end."""
    return lambda text: text + more


HOLD = "base/services/hold.yaml"

TWELVE = {
    "missing limit": Plant(HOLD, without("limits"), "does not say limits.memory"),
    "root user": Plant(
        HOLD, instead("runAsUser: 10001", "runAsUser: 0"), "Deployment hold may run as root"
    ),
    "latest tag": Plant(
        "overlays/prod/kustomization.yaml",
        instead("hold, newTag: 1.0.0", "hold, newTag: latest"),
        "runs registry.chonso.example/hold:latest: name a version",
    ),
    "missing probe": Plant(HOLD, without("readinessProbe"), "hold, has no readinessProbe"),
    "topic not in the event list": Plant(
        "components/strimzi/topics.yaml",
        instead("topicName: HoldCreated", "topicName: HoldMade"),
        "KafkaTopic HoldMade is no event of the list",
    ),
    "permission too wide": Plant(
        "components/strimzi/users.yaml",
        instead(
            "name: PaymentConfirmed\n        patternType: literal",
            "name: Payment\n        patternType: prefix",
        ),
        "may Read the topic Payment*, which is not its business",
    ),
    "route missing": Plant(
        "components/gateway-api/routes.yaml",
        instead("value: /api/hold/v1/holds/lookup", "value: /api/hold/v1/holds/found"),
        "No HTTPRoute leads POST /api/hold/v1/holds/lookup to hold",
    ),
    "secret in clear": Plant(
        "overlays/prod/settings/order.env",
        added("ORDER_VNPAY_SECRET=RAOEXHYVSDDIIENYWSLDIIZTANXUXZFJ\n"),
        "says ORDER_VNPAY_SECRET in clear",
    ),
    "no disruption budget": Plant(
        HOLD, without_kind("PodDisruptionBudget"), "Deployment hold has 0 PodDisruptionBudgets"
    ),
    "wrong API version": Plant(
        "components/keda/scalers.yaml",
        instead("keda.sh/v1alpha1", "keda.sh/v1beta1"),
        "there is no ScaledObject in keda.sh/v1beta1",
    ),
    "hole in the network": Plant(
        "components/gateway-api/network.yaml",
        instead("{kubernetes.io/metadata.name: envoy-gateway-system}", "{}"),
        "lets an impostor of the gateway's pods reach hold:8000",
    ),
    "replicas fixed where KEDA scales": Plant(
        HOLD,
        instead("  revisionHistoryLimit: 5\n", "  revisionHistoryLimit: 5\n  replicas: 3\n"),
        "Deployment hold says replicas, but KEDA decides",
    ),
}

MORE = {
    "a word that Kubernetes does not know": Plant(
        HOLD, instead("periodSeconds: 10", "periodSecond: 10"), "'periodSecond' was unexpected"
    ),
    "a word that an operator does not know": Plant(
        "components/strimzi/kafka.yaml",
        instead("metadataVersion", "metadataVersoin"),
        "metadataVersoin",
    ),
    "a built-in of yesterday": Plant(
        HOLD, instead("policy/v1", "policy/v1beta1"), "no PodDisruptionBudget in policy/v1beta1"
    ),
    "silence broken": Plant(
        "base/network.yaml",
        instead("podSelector: {}", "podSelector: {matchLabels: {quiet: please}}"),
        "lets an impostor of KEDA reach a pod nobody expects:5432",
    ),
    "a neighbour's database": Plant(
        "components/cnpg/databases.yaml",
        instead("app.kubernetes.io/name: hold", "app.kubernetes.io/name: order"),
        "hold-db:5432, which it has to",
    ),
    "a permission forgotten": Plant(
        "components/strimzi/users.yaml",
        instead("name: HoldCreated", "name: HoldExtended"),
        "which it has to",
    ),
    "a lag nobody looks at": Plant(
        "components/keda/scalers.yaml",
        instead("consumerGroup: hold\n", "consumerGroup: order\n"),
        "ScaledObject hold does not look at the lag",
    ),
    "a setting nobody set": Plant(
        "overlays/prod/settings/order.env",
        instead("ORDER_VNPAY_URL=", "#"),
        "Deployment order is not told ORDER_VNPAY_URL",
    ),
    "a setting nobody reads": Plant(
        "overlays/prod/settings/hold.env",
        added("HOLD_LOK_MINUTES=5\n"),
        "is told HOLD_LOK_MINUTES, which hold/settings.py does not know",
    ),
    "a secret from nowhere": Plant(
        "components/external-secrets/secrets.yaml",
        instead("target:\n    name: hold-keys", "target:\n    name: hold-keyes"),
        "needs the Secret hold-keys, which nothing makes",
    ),
    "a secret in a file": Plant(
        "overlays/prod/namespace.yaml",
        added("---\napiVersion: v1\nkind: Secret\nmetadata: {name: hold-secrets}\n"),
        "Secret hold-secrets is in the repository",
    ),
    "two brokers": Plant(
        "components/strimzi/kafka.yaml",
        instead("replicas: 3\n  roles: [broker]", "replicas: 2\n  roles: [broker]"),
        "There are 2 brokers",
    ),
    "a service without migrations": Plant(
        HOLD, without_kind("Job"), "hold has no Job migrate-hold"
    ),
    "an open path": Plant(
        "components/gateway-api/routes.yaml",
        instead("value: /api/hold/v1/internal", "value: /api/hold/v1/eternal"),
        "/api/hold/v1/internal is not blocked",
    ),
    "the console's cookie that nobody asks for": Plant(
        "components/gateway-api/routes.yaml",
        instead("value: chonso-console", "value: chonso-consul"),
        "No HTTPRoute leads PUT /api/identity/v1/me/password of the console to identity",
    ),
    "pages for who has signed in only": Plant(
        "components/gateway-api/routes.yaml",
        instead(
            "name: web-optional-pages\n  labels:\n    chonso.vn/token: optional",
            "name: web-optional-pages\n  labels:\n    chonso.vn/token: required",
        ),
        "The pages are not led to web, for anybody",
    ),
    "an unknown API that is a page": Plant(
        "components/gateway-api/routes.yaml",
        instead("value: /api\n", "value: /apis\n"),
        "An unknown address below /api would be a page",
    ),
    "a header that is not said": Plant(
        "components/gateway-api/policies.yaml",
        instead("value: nosniff", "value: sniff"),
        "The gateway does not say x-content-type-options: nosniff",
    ),
    "a page server that nobody may reach": Plant(
        "components/gateway-api/network.yaml",
        instead("values: [service, pages]", "values: [service]"),
        "No NetworkPolicy lets the gateway's pods reach web:8000",
    ),
    "a root user on one node": Plant(
        "overlays/local/postgres.yaml",
        instead("runAsNonRoot: true", "runAsNonRoot: false"),
        "StatefulSet postgres may run as root",
        place="local",
    ),
    "a bus for everybody": Plant(
        "overlays/local/network.yaml",
        instead("values: [service, job, bus]", "values: [service, job, bus, outside]"),
        "A NetworkPolicy lets simulators reach kafka:9092",
        place="local",
    ),
}
