"""ServiceMonitors: the metrics endpoints that Prometheus scrapes."""

from deploy.k8s.names import SERVICE, Object, chosen


def monitors(services: tuple[str, ...]) -> list[Object]:
    """Return one ServiceMonitor for each service."""
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
