"""The whole system on one machine: databases, broker, services, simulators, gateway."""
