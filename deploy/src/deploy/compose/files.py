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
from deploy.compose import network
from deploy.compose.secret_files import OWNER, PROCESSES, contents
from deploy.gateway import table
from deploy.gateway.render import render
from deploy.paths import HOME

_new_password = partial(secrets.token_urlsafe, 24)
OPEN: Final = 0o444


def folder() -> Path:
    """Return the folder of the generated files, `$CHONSO_COMPOSE` as in the compose file."""
    return Path(os.environ.get("CHONSO_COMPOSE", HOME / "compose")).absolute()


def write(home: Path, *, limits: bool) -> None:
    """Generate missing secrets and write the files that have changed."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = home / "private"
    private.mkdir(mode=0o700, exist_ok=True)
    shared, passwords = keys.ensure(private), _passwords(private / "passwords.json")
    for name, content in contents(private, shared, passwords).items():
        _put(home / "secrets" / name, content)
    for public in (private / "jwks").iterdir():
        _put(home / "jwks" / public.name, public.read_text())
    site = network.site((private / "jwks" / "identity.json").read_text(), limits=limits)
    envoy = json.dumps(render(table.read(), site), ensure_ascii=False)
    _put(home / "envoy.json", envoy)


def _passwords(file: Path) -> dict[str, str]:
    known = json.loads(file.read_text()) if file.exists() else {}
    passwords: dict[str, str] = {o: known.get(o) or _new_password() for o in (*PROCESSES, OWNER)}
    file.touch(mode=0o600)
    file.write_text(json.dumps(passwords, indent=2))
    return passwords


def _put(file: Path, content: str) -> None:
    """Write the file in place, so that a container that has it mounted sees the new text."""
    file.parent.mkdir(exist_ok=True)
    if file.exists() and file.read_text() == content:
        return
    file.touch()
    file.chmod(0o644)
    file.write_text(content)
    file.chmod(OPEN)


if __name__ == "__main__":
    write(folder(), limits=os.environ.get("CHONSO_RATE_LIMITS") != "off")
