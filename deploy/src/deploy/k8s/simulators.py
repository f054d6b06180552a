"""The systems outside, where they are only simulated."""

from deploy.k8s import names
from deploy.k8s.names import OUTSIDE, PORT, SMTP_PORT, Object
from deploy.k8s.workloads import (
    account,
    budget,
    deployment,
    restricted_container,
    restricted_pod,
    service,
)
from deploy.services import SIMULATORS


def of_simulators() -> list[Object]:
    """Return the objects of the simulators: one process with a database of its own."""
    return [
        account(SIMULATORS, OUTSIDE),
        service(SIMULATORS, OUTSIDE, {"http": PORT, "smtp": SMTP_PORT}),
        deployment(SIMULATORS, OUTSIDE, _pod()),
        budget(SIMULATORS, OUTSIDE),
    ]


def _pod() -> Object:
    password = {"secretKeyRef": {"name": f"{names.database(SIMULATORS)}-app", "key": "password"}}
    address = f"{names.database(SIMULATORS)}-rw:5432/{SIMULATORS}"
    url = f"postgresql+psycopg://{SIMULATORS}:$(DATABASE_PASSWORD)@{address}"
    probe = {"httpGet": {"path": "/livez", "port": "http"}}
    container = {
        "name": SIMULATORS,
        "image": f"chonso/{SIMULATORS}",
        "env": [
            {"name": "DATABASE_PASSWORD", "valueFrom": password},
            {"name": "SIMULATORS_DATABASE_URL", "value": url},
        ],
        "envFrom": [
            {"configMapRef": {"name": names.settings(SIMULATORS)}},
            {"secretRef": {"name": names.secrets(SIMULATORS)}},
        ],
        "ports": [
            {"name": "http", "containerPort": PORT},
            {"name": "smtp", "containerPort": SMTP_PORT},
        ],
        "startupProbe": {**probe, "periodSeconds": 1, "failureThreshold": 60},
        "livenessProbe": {**probe, "periodSeconds": 10, "timeoutSeconds": 5},
        "readinessProbe": {
            "httpGet": {"path": "/readyz", "port": "http"},
            "periodSeconds": 3,
            "timeoutSeconds": 3,
        },
        "resources": {
            "requests": {"cpu": "50m", "memory": "128Mi"},
            "limits": {"memory": "320Mi"},
        },
        **restricted_container(),
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],  # noqa: S108 # in memory
    }
    return {
        **restricted_pod(SIMULATORS),
        "containers": [container],
        "volumes": [{"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": "64Mi"}}],
    }
