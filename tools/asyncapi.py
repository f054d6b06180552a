"""Write down the bus: `docs/events/asyncapi.json` for machines, `docs/events/README.md` for people.

With `--check` nothing is written: what is on disk has to be what the code says.
"""

import json
import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from tools import events_page

from events import CATALOGUE
from events.contracts import asyncapi
from events.transport import Subscriptions

SAMPLES: Final = Path("libs/events/contracts/samples")
FOLDER: Final = Path("docs/events")


def main() -> None:
    """Write the two files, or compare them."""
    described = asyncapi.document(reactions(), samples(), unpublished())
    texts = {
        FOLDER / "asyncapi.json": json.dumps(described, indent=1, ensure_ascii=False) + "\n",
        FOLDER / "README.md": events_page.written(described),
    }
    for file, text in texts.items():
        if "--check" not in sys.argv:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            sys.exit(f"{file} is not what events and consumers say. Run `make schemas`.")


def samples() -> dict[str, str]:
    """Read what every event looked like on the day it was new."""
    return {file.stem: file.read_text(encoding="utf-8") for file in SAMPLES.glob("*.json")}


def unpublished() -> set[str]:
    """Find the events that their service never makes: promised, and not yet there."""
    code = {
        service: "".join(
            f.read_text("utf-8") for f in Path(f"services/{service}/src").rglob("*.py")
        )
        for service in services()
    }
    return {
        topic
        for topic, event in CATALOGUE.items()
        if not re.search(rf'(?<!["\w]){topic}\b', code[event.source])
    }


def reactions() -> dict[str, dict[str, str]]:
    """Ask every service what it listens to, and what it says that it does then."""
    effects = {
        service: {
            topic: " ".join((handler.__doc__ or "").split())
            for topic, handler in subscriptions_of(service).handlers.items()
        }
        for service in services()
    }
    if silent := [
        f"{s} on {t}" for s, consumed in effects.items() for t in consumed if not consumed[t]
    ]:
        sys.exit(f"Say what is done, in the handler's docstring: {', '.join(silent)}.")
    return effects


def services() -> list[str]:
    """Name the services in the order of the journey, which is the workspace's."""
    workspace = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    parts = workspace["project"]["dependencies"]
    return [part.removesuffix("-service") for part in parts if part.endswith("-service")]


def subscriptions_of(service: str) -> Subscriptions[Any]:
    """Find what a service listens to; nothing is connected and nothing is configured."""
    if not Path(f"services/{service}/src/{service}/consumers.py").exists():
        return Subscriptions(service)
    consumers = import_module(f"{service}.consumers")
    if hasattr(consumers, "subscriptions"):
        return cast("Subscriptions[Any]", consumers.subscriptions)
    # What they are given is for the handlers, which are not called here.
    return cast("Subscriptions[Any]", consumers.listening(None))


if __name__ == "__main__":
    main()
