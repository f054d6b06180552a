"""Where Prometheus finds each service's figures."""

from deploy.k8s.words import SERVICE, Object, chosen


def monitors(services: tuple[str, ...]) -> list[Object]:
    """Write down one monitor for each service."""
    return [
        {
            "apiVersion": "monitoring.coreos.com/v1",
            "kind": "ServiceMonitor",
            "metadata": {"name": service},
            "spec": {
                "selector": {"matchLabels": chosen(service, SERVICE)},
                "endpoints": [{"port": "http", "path": "/metrics", "interval": "15s"}],
            },
        }
        for service in services
    ]
