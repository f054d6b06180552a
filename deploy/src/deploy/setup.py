"""`python -m deploy.setup`: in a container, makes databases, roles and topics, and ends."""

import asyncio
import os

from sqlalchemy import make_url

from deploy import databases, topics
from deploy.services import SERVICES, SIMULATORS
from kit.settings import SECRETS


def main() -> None:
    """Create missing databases, roles, passwords and topics."""
    server = _secret("server_database_url")
    owners = (*SERVICES, SIMULATORS)
    databases.ensure(server, owners)
    for owner in owners:
        password = make_url(_secret(f"{owner}_database_url")).password
        assert password, f"{owner} has no password"
        databases.give_password(server, owner, password)
    asyncio.run(topics.ensure(os.environ["KAFKA_SERVERS"], SERVICES))


def _secret(name: str) -> str:
    return (SECRETS / name).read_text().strip()


if __name__ == "__main__":
    main()
