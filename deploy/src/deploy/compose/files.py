"""`python -m deploy.compose.files`: makes the secrets of this machine and the gateway's settings.

The folder is closed to everybody else; the files in it are open, because a container's user, who is
nobody on this machine, reads them through their mounts.
"""

import json
import os
import secrets
from functools import partial
from pathlib import Path
from typing import Final

from deploy import keys
from deploy.compose import town
from deploy.compose.words import EVERYBODY, OWNER, contents
from deploy.gateway import table
from deploy.gateway.render import render
from deploy.paths import HOME

_new_password = partial(secrets.token_urlsafe, 24)
OPEN: Final = 0o444


def folder() -> Path:
    """Return where they lie: the compose file asks the same variable."""
    return Path(os.environ.get("CHONSO_COMPOSE", HOME / "compose")).absolute()


def write(home: Path, *, limits: bool) -> None:
    """Make what is missing, and write what has changed."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = home / "private"
    private.mkdir(mode=0o700, exist_ok=True)
    shared, passwords = keys.ensure(private), _passwords(private / "passwords.json")
    for name, words in contents(private, shared, passwords).items():
        _put(home / "secrets" / name, words)
    for public in (private / "jwks").iterdir():
        _put(home / "jwks" / public.name, public.read_text())
    site = town.site((private / "jwks" / "identity.json").read_text(), limits=limits)
    envoy = json.dumps(render(table.read(), site), ensure_ascii=False)
    _put(home / "envoy.json", envoy)


def _passwords(file: Path) -> dict[str, str]:
    known = json.loads(file.read_text()) if file.exists() else {}
    words: dict[str, str] = {o: known.get(o) or _new_password() for o in (*EVERYBODY, OWNER)}
    file.touch(mode=0o600)
    file.write_text(json.dumps(words, indent=2))
    return words


def _put(file: Path, words: str) -> None:
    """Write in place: a container that has the file mounted goes on seeing it."""
    file.parent.mkdir(exist_ok=True)
    if file.exists() and file.read_text() == words:
        return
    file.touch()
    file.chmod(0o644)
    file.write_text(words)
    file.chmod(OPEN)


if __name__ == "__main__":
    write(folder(), limits=os.environ.get("CHONSO_RATE_LIMITS") != "off")
