"""The broker's class path, from Maven Central: fetched and checked once for the machine."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from deploy.paths import CACHE

KAFKA: Final = "org.apache.kafka:kafka_2.13:4.4.0"
# "!" keeps log4j's own managed versions from downgrading Kafka's jars: without it kafka-clients
# 3.9.1 lands beside the 4.4.0 server.
LOGGING: Final = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5!"

_BROKER: Final = f"{KAFKA}+{LOGGING}"
_CACHE: Final = CACHE / "kafka"


def class_path(cache: Path = _CACHE, coordinates: str = _BROKER) -> str:
    """Return the class path; the first call takes 45 files (43 MB) from the network."""
    note = _note(cache, coordinates)
    if not note.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not note.exists():
                note.write_text(_fetch(cache, coordinates))
    home = cache / note.read_text()
    jars = sorted(str(jar) for jar in home.rglob("*.jar"))
    return os.pathsep.join(jars)


def are_here(cache: Path = _CACHE) -> bool:
    """Tell whether the jars have been fetched already."""
    return _note(cache, _BROKER).exists()


def _note(cache: Path, coordinates: str) -> Path:
    return cache / coordinates.partition("+")[0].replace(":", "-")


def _fetch(cache: Path, coordinates: str) -> str:
    # In a process of its own: the resolver is slow to import, and chatty.
    code = (
        "import jgo, pathlib, sys;"
        "print(jgo.build(sys.argv[1], cache_dir=pathlib.Path(sys.argv[2])).path)"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, coordinates, str(cache)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 # ours
    return str(Path(done.stdout.splitlines()[-1]).relative_to(cache))
