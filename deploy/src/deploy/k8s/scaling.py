"""KEDA's ScaledObjects: replicas by consumer lag and by CPU."""

from typing import Final

from deploy.k8s.names import KAFKA_BOOTSTRAP, PARTITIONS, Object
from deploy.k8s.subscriptions import consumed_by

LEAST: Final = 2
LAG: Final = 200
"""Consumer lag per pod, in events: about a second's work."""
CPU_PERCENT: Final = 70


def scalers(services: tuple[str, ...]) -> list[Object]:
    """Return a ScaledObject for each service."""
    return [_scaler(service) for service in services]


def _scaler(service: str) -> Object:
    return {
        "apiVersion": "keda.sh/v1alpha1",
        "kind": "ScaledObject",
        "metadata": {"name": service},
        "spec": {
            "scaleTargetRef": {"name": service},
            "minReplicaCount": LEAST,
            "maxReplicaCount": PARTITIONS,
            "pollingInterval": 15,
            "cooldownPeriod": 300,
            "advanced": {
                "horizontalPodAutoscalerConfig": {
                    "behavior": {
                        # Every change of the group makes everybody stop for a moment.
                        "scaleDown": {
                            "stabilizationWindowSeconds": 300,
                            "policies": [{"type": "Pods", "value": 1, "periodSeconds": 60}],
                        }
                    }
                }
            },
            "triggers": [*([_lag(service)] if consumed_by(service) else []), _cpu()],
        },
    }


def _lag(service: str) -> Object:
    return {
        "type": "kafka",
        "metadata": {
            "bootstrapServers": KAFKA_BOOTSTRAP,
            "consumerGroup": service,  # of all the topics it hears
            "lagThreshold": str(LAG),
            "offsetResetPolicy": "earliest",
            "tls": "enable",
        },
        "authenticationRef": {"name": "kafka"},
    }


def _cpu() -> Object:
    return {"type": "cpu", "metricType": "Utilization", "metadata": {"value": str(CPU_PERCENT)}}
