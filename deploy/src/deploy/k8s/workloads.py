"""One process of ours as Kubernetes runs it: what it may, what it needs, when it is well."""

from typing import Any, Final

from deploy.k8s import words
from deploy.k8s.sites import secret_words
from deploy.k8s.words import CHORE, PORT, SERVICE, Object, chosen, labels
from deploy.keys import ISSUERS

USER: Final = 10001
DRAIN_SECONDS: Final = 12
"""Between the word to end and the signal: longer than any gateway goes on sending."""
GRACE_SECONDS: Final = 45

_WAITS: Final = "wait-for-migrations"


def account(name: str, component: str) -> Object:
    """Give a workload a name of its own before the cluster; it has no business with the API."""
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {"name": name, "labels": labels(name, component)},
        "automountServiceAccountToken": False,
    }


def service(name: str, component: str, ports: dict[str, int]) -> Object:
    """Give a workload an address."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name, "labels": labels(name, component)},
        "spec": {
            "selector": chosen(name, component),
            "ports": [
                {"name": port, "port": number, "targetPort": port} for port, number in ports.items()
            ],
        },
    }


def budget(name: str, component: str) -> Object:
    """Let a node be emptied one pod at a time; what is not well anyway stops nobody."""
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": {"name": name, "labels": labels(name, component)},
        "spec": {
            "maxUnavailable": 1,
            "unhealthyPodEvictionPolicy": "AlwaysAllow",
            "selector": {"matchLabels": chosen(name, component)},
        },
    }


def deployment(
    name: str, component: str, pod: Object, more_labels: dict[str, str] | None = None
) -> Object:
    """Keep a workload running. How often is decided by what scales it, or it is one."""
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "labels": labels(name, component)},
        "spec": {
            "revisionHistoryLimit": 5,
            "strategy": {
                "type": "RollingUpdate",
                "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0},
            },
            "selector": {"matchLabels": chosen(name, component)},
            "template": {
                "metadata": {"labels": labels(name, component) | (more_labels or {})},
                "spec": pod,
            },
        },
    }


def job(name: str, service: str, command: list[str], *, after_migrations: bool = False) -> Object:
    """Do something once for a service, with its image, settings and database."""
    container = _container(service, command=command) | {"resources": _resources("50m", "128Mi")}
    pod: Object = {
        **restricted_pod(service),
        "restartPolicy": "Never",
        "containers": [container],
        "volumes": _volumes(service),
    }
    if after_migrations:
        pod["initContainers"] = [waiting(service)]
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": name, "labels": labels(service, CHORE)},
        "spec": {
            "backoffLimit": 20,
            "ttlSecondsAfterFinished": 3600,
            "template": {"metadata": {"labels": labels(service, CHORE)}, "spec": pod},
        },
    }


def pod_of(service: str) -> Object:
    """Say what a pod of a service is; it waits for its schema, so nothing depends on an order."""
    probe = {"httpGet": {"path": "/livez", "port": "http"}}
    ready = {"httpGet": {"path": "/readyz", "port": "http"}}
    container: Object = {
        **_container(service),
        "ports": [{"name": "http", "containerPort": PORT}],
        "startupProbe": {**probe, "periodSeconds": 1, "failureThreshold": 60},
        "livenessProbe": {**probe, "periodSeconds": 10, "timeoutSeconds": 5},
        "readinessProbe": {**ready, "periodSeconds": 3, "timeoutSeconds": 3},
        "lifecycle": {"preStop": {"sleep": {"seconds": DRAIN_SECONDS}}},
    }
    container["volumeMounts"].append({"name": "kafka", "mountPath": "/kafka", "readOnly": True})
    return {
        **restricted_pod(service),
        "terminationGracePeriodSeconds": GRACE_SECONDS,
        "topologySpreadConstraints": spread(service, SERVICE),
        "initContainers": [waiting(service)],
        "containers": [container],
        "volumes": [*_volumes(service), _certificates(service)],
    }


def restricted_pod(account: str, user: int = USER) -> Object:
    """Start a pod that the strictest profile of Pod Security admits."""
    return {
        "serviceAccountName": account,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": user,
            "runAsGroup": user,
            "fsGroup": user,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
    }


def restricted_container() -> Object:
    """Start a container that cannot become more than it is."""
    return {
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
    }


def spread(name: str, component: str) -> list[Object]:
    """Put replicas into different zones and on different nodes, if there are any."""
    return [
        {
            "maxSkew": 1,
            "topologyKey": key,
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": {"matchLabels": chosen(name, component)},
            "matchLabelKeys": ["pod-template-hash"],
        }
        for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
    ]


def waiting(service: str) -> Object:
    """Wait until the Job has brought the database to what this image knows."""
    container = _container(service, command=["python", "-m", "kit.migrations", service, "--wait"])
    return {**container, "name": _WAITS, "resources": _resources("50m", "128Mi")}


def _container(service: str, *, command: list[str] | None = None) -> Object:
    password = {"secretKeyRef": {"name": f"{words.database(service)}-app", "key": "password"}}
    address = f"{words.database(service)}-rw:5432/{service}"
    url = f"postgresql+psycopg://{service}:$(DATABASE_PASSWORD)@{address}"
    told: list[Any] = [{"configMapRef": {"name": words.settings(service)}}]
    if secret_words(service):
        told.append({"secretRef": {"name": words.secrets(service)}})
    return {
        "name": service,
        "image": f"chonso/{service}",
        **({"command": command} if command else {}),
        "env": [
            {"name": "DATABASE_PASSWORD", "valueFrom": password},
            {"name": f"{service.upper()}_DATABASE_URL", "value": url},
        ],
        "envFrom": told,
        "resources": _resources("100m", "160Mi", "320Mi"),
        **restricted_container(),
        "volumeMounts": [
            {"name": "keys", "mountPath": "/keys", "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 # a folder in memory
        ],
    }


def _volumes(service: str) -> list[Object]:
    signs = [f"{service}.pem"] if service in ISSUERS else []
    private = [{"key": file, "path": file} for file in (f"{service}.seal", *signs)]
    public = [{"key": f"{issuer}.json", "path": f"jwks/{issuer}.json"} for issuer in ISSUERS]
    return [
        projected("keys", {words.PUBLIC_KEYS: public, words.keys(service): private}),
        {"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": "64Mi"}},
    ]


def _certificates(service: str) -> Object:
    """Let the service prove to the brokers who it is; Strimzi makes the certificates."""
    own = [{"key": file, "path": file} for file in ("user.crt", "user.key")]
    brokers = [{"key": "ca.crt", "path": "ca.crt"}]
    return projected("kafka", {f"{words.SUITE}-cluster-ca-cert": brokers, service: own})


def projected(name: str, secrets: dict[str, list[dict[str, str]]]) -> Object:
    """Put files of several Secrets into one folder, readable by the process and nobody else."""
    sources = [{"secret": {"name": secret, "items": items}} for secret, items in secrets.items()]
    return {"name": name, "projected": {"defaultMode": 0o440, "sources": sources}}


def _resources(cpu: str, memory: str, limit: str = "256Mi") -> Object:
    """Ask for what is used, stop what leaks; a processor that is free may be used."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": limit}}
