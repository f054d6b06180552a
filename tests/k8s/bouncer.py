"""A real broker that asks each client for a certificate and enforces a list of ACLs."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import CreateAclsRequest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from stack import kafka
from stack.ports import LOOPBACK, Ports
from stack.probes import wait_until

_RESOURCES: Final = {"topic": 2, "group": 3}
_PATTERNS: Final = {"literal": 3, "prefix": 4}
_OPERATIONS: Final = {"Read": 3, "Write": 4, "Describe": 8}
_ALLOW: Final = 3

_PROPERTIES: Final = """
listeners=PLAINTEXT://127.0.0.1:{port},SSL://127.0.0.1:{tls},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},SSL://127.0.0.1:{tls}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
ssl.client.auth=required
ssl.keystore.type=PEM
ssl.keystore.location={broker}
ssl.truststore.type=PEM
ssl.truststore.location={ca}
"""


class Office:
    """Issues certificates, as an operator would, each in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._key = generate_private_key(SECP256R1())
        self._certificate = self._sign("office", self._key, authority=True)

    def issue(self, name: str) -> Path:
        """Issue a client certificate for a user."""
        folder, key = self.home / name, generate_private_key(SECP256R1())
        folder.mkdir(parents=True)
        certificate = _pem(self._sign(name, key))
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        (folder / "ca.crt").write_text(_pem(self._certificate))
        (folder / "user.crt").write_text(certificate)
        (folder / "user.key").write_text(private)
        (folder / "both.pem").write_text(private + certificate)
        return folder

    def _sign(
        self, name: str, key: EllipticCurvePrivateKey, *, authority: bool = False
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))])
        return (
            x509.CertificateBuilder()
            .subject_name(_called(name))
            .issuer_name(_called("office"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(names, critical=False)
            .sign(self._key, SHA256())
        )


@dataclass(frozen=True)
class Guarded:
    """A broker with two doors: one for who runs it, one with a bouncer."""

    open_door: str
    guarded_door: str


@contextmanager
def guarded_broker(home: Path, office: Office) -> Iterator[Guarded]:
    """Run a broker that denies everything until ACLs are added."""
    ports = Ports(home / "ports.json")
    port, controller, tls = (ports.give(name) for name in ("kafka", "controller", "tls"))
    command = kafka.prepare(home / "kafka", port, controller)
    own = office.issue("broker")
    places = {"broker": own / "both.pem", "ca": own / "ca.crt"}
    with (home / "kafka" / "server.properties").open("a") as properties:  # the last word counts
        properties.write(_PROPERTIES.format(port=port, tls=tls, controller=controller, **places))
    with (home / "kafka.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 # our own words
    try:
        door = f"{LOOPBACK}:{port}"
        wait_until(lambda: asyncio.run(kafka.accepts(door)), process, seconds=60)
        yield Guarded(door, f"{LOOPBACK}:{tls}")
    finally:
        process.terminate()
        process.wait(20)


async def permit(door: str, user: dict[str, Any]) -> None:
    """Tell the broker what a KafkaUser says, as Strimzi does."""
    admin = AIOKafkaAdminClient(bootstrap_servers=door)
    await admin.start()
    try:
        for acl in user["spec"]["authorization"]["acls"]:
            for operation in acl["operations"]:
                resource = acl["resource"]
                request = CreateAclsRequest(
                    _RESOURCES[resource["type"]],
                    resource["name"],
                    _PATTERNS[resource["patternType"]],
                    f"User:CN={user['metadata']['name']}",
                    "*",
                    _OPERATIONS[operation],
                    _ALLOW,
                )
                await admin._send_to_controller(request)  # noqa: SLF001 # it has no verb for it
    finally:
        await admin.close()


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
