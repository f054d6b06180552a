"""A database cluster for each service, backed up, reachable by its owner alone."""

from typing import Final

from deploy.k8s.names import NAME_LABEL, Object, database
from deploy.services import SIMULATORS

PORT: Final = 5432
_PLUGIN: Final = "barman-cloud.cloudnative-pg.io"
_STORE: Final = "backups"


def clusters(services: tuple[str, ...]) -> list[Object]:
    """Return the clusters, their nightly backups, and the policies that admit their owners only."""
    return [
        thing
        for number, service in enumerate(services)
        for thing in (_cluster(service), _backup(service, 10 * number), *_ways(service))
    ]


def local_addresses(services: tuple[str, ...]) -> list[Object]:
    """Return Services by which one server answers to the names of all clusters."""
    return [
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": f"{database(owner)}-rw"},
            "spec": {
                "selector": {NAME_LABEL: "postgres"},
                "ports": [{"name": "postgres", "port": PORT, "targetPort": "postgres"}],
            },
        }
        for owner in (*services, SIMULATORS)
    ]


def _cluster(service: str) -> Object:
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Cluster",
        "metadata": {"name": database(service)},
        "spec": {
            "instances": 3,
            "imageName": "ghcr.io/cloudnative-pg/postgresql:18.6",
            "bootstrap": {"initdb": {"database": service, "owner": service}},
            "storage": {"size": "20Gi"},
            "walStorage": {"size": "5Gi"},
            "resources": {
                "requests": {"cpu": "250m", "memory": "1Gi"},
                "limits": {"memory": "1Gi"},
            },
            "postgresql": {
                "parameters": {"max_connections": "250", "shared_buffers": "256MB"},
                # What was answered with "yes" is on two machines.
                "synchronous": {"method": "any", "number": 1, "dataDurability": "preferred"},
            },
            "affinity": {
                "enablePodAntiAffinity": True,
                "topologyKey": "topology.kubernetes.io/zone",
                "podAntiAffinityType": "preferred",
            },
            "plugins": [
                {
                    "name": _PLUGIN,
                    "isWALArchiver": True,
                    "parameters": {"barmanObjectName": _STORE, "serverName": database(service)},
                }
            ],
        },
    }


def _backup(service: str, minute: int) -> Object:
    """Return a nightly backup, `minute` minutes after 01:00; the WAL is archived all day."""
    hour, minute = 1 + minute // 60, minute % 60
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "ScheduledBackup",
        "metadata": {"name": database(service)},
        "spec": {
            "schedule": f"0 {minute} {hour} * * *",
            "cluster": {"name": database(service)},
            "method": "plugin",
            "pluginConfiguration": {"name": _PLUGIN},
            "backupOwnerReference": "self",
        },
    }


def _ways(service: str) -> list[Object]:
    server = {"matchLabels": {"cnpg.io/cluster": database(service)}}
    owner = {"matchLabels": {NAME_LABEL: service}}
    ports = [{"port": PORT, "protocol": "TCP"}]
    going = {"egress": [{"to": [{"podSelector": server}], "ports": ports}]}
    coming = {"ingress": [{"from": [{"podSelector": owner}], "ports": ports}]}
    return [
        _way(f"{service}-to-its-database", owner, "Egress", going),
        _way(f"{database(service)}-from-its-service", server, "Ingress", coming),
    ]


def _way(name: str, subject: Object, kind: str, edges: Object) -> Object:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name},
        "spec": {"podSelector": subject, "policyTypes": [kind], **edges},
    }
