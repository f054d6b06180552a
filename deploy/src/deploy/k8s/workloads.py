"""Workloads: Deployments, Jobs and pods, with rights, resources and probes."""

from typing import Any, Final

from deploy.k8s import names
from deploy.k8s.names import JOB, PORT, SERVICE, Object, chosen, labels
from deploy.k8s.sites import secret_variables
from deploy.keys import ISSUERS

USER: Final = 10001
DRAIN_SECONDS: Final = 12
"""Seconds of the `preStop` hook: longer than any gateway sends to a terminating pod."""
GRACE_SECONDS: Final = 45

_WAITS: Final = "wait-for-migrations"


def account(name: str, component: str) -> Object:
    """Return a workload's ServiceAccount, without a token for the API."""
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {"name": name, "labels": labels(name, component)},
        "automountServiceAccountToken": False,
    }


def service(name: str, component: str, ports: dict[str, int]) -> Object:
    """Return a workload's Service."""
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
    """Return a PodDisruptionBudget of one pod; pods that are not ready never block a drain."""
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
    """Return a Deployment without a number of replicas: its scaler decides, else it is one."""
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
    """Return a Job that runs a command once, with a service's image, variables and database."""
    container = _container(service, command=command) | {"resources": resources("50m", "128Mi")}
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
        "metadata": {"name": name, "labels": labels(service, JOB)},
        "spec": {
            "backoffLimit": 20,
            "ttlSecondsAfterFinished": 3600,
            "template": {"metadata": {"labels": labels(service, JOB)}, "spec": pod},
        },
    }


def pod_of(service: str) -> Object:
    """Return a service's pod. An init container waits for the schema: roll-outs need no order."""
    container: Object = {**_container(service), **listening()}
    container["volumeMounts"].append({"name": "kafka", "mountPath": "/kafka", "readOnly": True})
    return {
        **restricted_pod(service),
        "terminationGracePeriodSeconds": GRACE_SECONDS,
        "topologySpreadConstraints": spread(service, SERVICE),
        "initContainers": [waiting(service)],
        "containers": [container],
        "volumes": [*_volumes(service), _certificates(service)],
    }


def listening() -> Object:
    """Return the part of a container that says how it is reached, probed and taken away."""
    probe = {"httpGet": {"path": "/livez", "port": "http"}}
    ready = {"httpGet": {"path": "/readyz", "port": "http"}}
    return {
        "ports": [{"name": "http", "containerPort": PORT}],
        "startupProbe": {**probe, "periodSeconds": 1, "failureThreshold": 60},
        "livenessProbe": {**probe, "periodSeconds": 10, "timeoutSeconds": 5},
        "readinessProbe": {**ready, "periodSeconds": 3, "timeoutSeconds": 3},
        "lifecycle": {"preStop": {"sleep": {"seconds": DRAIN_SECONDS}}},
    }


def restricted_pod(account: str, user: int = USER) -> Object:
    """Return the part of a pod that the profile `restricted` demands."""
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
    """Return the part of a container that the profile `restricted` demands."""
    return {
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
    }


def spread(name: str, component: str) -> list[Object]:
    """Return constraints that spread replicas over zones and nodes, where there are several."""
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
    """Return the init container that waits for the migrations this image knows."""
    container = _container(service, command=["python", "-m", "kit.migrations", service, "--wait"])
    return {**container, "name": _WAITS, "resources": resources("50m", "128Mi")}


def _container(service: str, *, command: list[str] | None = None) -> Object:
    password = {"secretKeyRef": {"name": f"{names.database(service)}-app", "key": "password"}}
    address = f"{names.database(service)}-rw:5432/{service}"
    url = f"postgresql+psycopg://{service}:$(DATABASE_PASSWORD)@{address}"
    environment_sources: list[Any] = [{"configMapRef": {"name": names.settings(service)}}]
    if secret_variables(service):
        environment_sources.append({"secretRef": {"name": names.secrets(service)}})
    return {
        "name": service,
        "image": f"chonso/{service}",
        **({"command": command} if command else {}),
        "env": [
            {"name": "DATABASE_PASSWORD", "valueFrom": password},
            {"name": f"{service.upper()}_DATABASE_URL", "value": url},
        ],
        "envFrom": environment_sources,
        "resources": resources("100m", "160Mi", "320Mi"),
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
        projected("keys", {names.PUBLIC_KEYS: public, names.keys(service): private}),
        {"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": "64Mi"}},
    ]


def _certificates(service: str) -> Object:
    """Return the volume of a service's Kafka certificates, which Strimzi makes."""
    own = [{"key": file, "path": file} for file in ("user.crt", "user.key")]
    brokers = [{"key": "ca.crt", "path": "ca.crt"}]
    return projected("kafka", {f"{names.SUITE}-cluster-ca-cert": brokers, service: own})


def projected(name: str, secrets: dict[str, list[dict[str, str]]]) -> Object:
    """Return a volume with files of several Secrets, readable by the pod's user only."""
    sources = [{"secret": {"name": secret, "items": items}} for secret, items in secrets.items()]
    return {"name": name, "projected": {"defaultMode": 0o440, "sources": sources}}


def resources(cpu: str, memory: str, limit: str = "256Mi") -> Object:
    """Return requests and a memory limit; CPU has no limit."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": limit}}
