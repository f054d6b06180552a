"""The nine services: the same shape for each."""

from deploy.k8s.names import PORT, SERVICE, WORLD_LABEL, Object
from deploy.k8s.sites import talks_with
from deploy.k8s.workloads import account, budget, deployment, job, pod_of, service


def of_service(name: str) -> list[Object]:
    """Return the objects of one service that every place has."""
    business = talks_with(name)
    return [
        account(name, SERVICE),
        service(name, SERVICE, {"http": PORT}),
        deployment(name, SERVICE, pod_of(name), {WORLD_LABEL: business} if business else None),
        budget(name, SERVICE),
        job(f"migrate-{name}", name, ["python", "-m", "kit.migrations", name]),
    ]


def seeding(name: str) -> Object:
    """Return the Job that seeds a service's tables after their migration."""
    return job(f"seed-{name}", name, ["python", "-m", f"{name}.seed"], after_migrations=True)
