"""The plan of a stack: services, replicas, settings, the gateway's port."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.services import SERVICES, SIMULATORS, WEB, exists


@dataclass(frozen=True)
class Plan:
    """The services by name, the replicas of each, and variables added to their environment."""

    services: tuple[str, ...] = SERVICES
    factories: Mapping[str, str] = field(default_factory=dict)
    """`module:function` of an application, for services other than `<service>.main:app`."""
    replicas: Mapping[str, int] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    population: str = "demo.population"
    """The module that plays the demo's journeys, run with the gateway's address."""
    port: int | None = None
    """The gateway's port; None for the one it had last time."""

    @property
    def databases(self) -> tuple[str, ...]:
        """The owners of databases: all services and the simulators."""
        return (*self.services, SIMULATORS)

    def factory(self, service: str) -> str:
        """Return the `module:function` that makes the service's application."""
        package = "web_server" if service == WEB else service
        return self.factories.get(service, f"{package}.main:app")

    def instances(self, service: str) -> list[str]:
        """Name the processes of a service: `hold`, `hold-2`."""
        count = self.replicas.get(service, 1)
        return [service, *(f"{service}-{n}" for n in range(2, count + 1))]

    def missing(self) -> list[str]:
        """Name the services whose code is not here."""
        modules = {name: self.factory(name).partition(":")[0] for name in self.databases}
        return [name for name, module in modules.items() if not exists(module)]
