"""Start a service in the house style: `make new-service name=loyalty noun=cards`.

The tool writes the anatomy of decision 0005 with one noun, and the service's name into the root
`pyproject.toml` wherever workspace, type checker and import-linter list the services.
"""

import re
import sys
from pathlib import Path

FILES = {
    "README.md": "# {name}\n\nThe data it owns, the events it consumes and publishes.\n",
    "pyproject.toml": """\
[project]
name = "{name}-service"
version = "0"
requires-python = ">=3.11"
dependencies = ["events", "kit", "values"]

[tool.uv.sources]
events = {{ workspace = true }}
kit = {{ workspace = true }}
values = {{ workspace = true }}

[build-system]
requires = ["uv_build>=0.11"]
build-backend = "uv_build"

[tool.uv.build-backend]
module-name = "{name}"
""",
    "src/{name}/__init__.py": '"""The {name} service: its purpose in one sentence."""\n',
    "src/{name}/py.typed": "",
    "src/{name}/settings.py": '''\
"""The environment of the {name} service."""

from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="{NAME}_"):
    """Every field is an environment variable that begins with `{NAME}_`."""
''',
    "src/{name}/tables.py": '''\
"""The tables of the {name} service."""

from kit.db import service_registry

mapper = service_registry()
metadata = mapper.metadata
''',
    "src/{name}/consumers.py": '''\
"""The consumers of all nouns, gathered on one subscription."""

from events.transport import Subscriptions
from kit.db import Tx

subscriptions = Subscriptions[Tx]("{name}")
''',
    "src/{name}/{noun}/__init__.py": '"""The {noun} of the {name} service."""\n',
    "src/{name}/{noun}/api.py": '''\
"""HTTP routes of {noun}."""

from fastapi import APIRouter

router = APIRouter(prefix="/v1", tags=["{noun}"])
''',
    "src/{name}/main.py": '''\
"""Wires the {name} service: the only module that knows every other."""

from fastapi import FastAPI

from kit.db import Database
from kit.service import assemble
from {name}.consumers import subscriptions
from {name}.{noun} import api as {noun}
from {name}.settings import Settings


def create_app(settings: Settings, db: Database) -> FastAPI:
    """Build the service from its parts."""
    return assemble(
        "{name}", settings, db=db, routers=[{noun}.router], subscriptions=subscriptions
    )


def app() -> FastAPI:
    """Build the service from its environment."""
    settings = Settings.model_validate({{}})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
''',
}
LIKE = "notification"
"""The service whose mentions in the root `pyproject.toml` show where a name must stand."""


def main(name: str, noun: str, root: Path) -> int:
    """Write the folder and name the service in the workspace, the type checker and the linter."""
    folder = root / "services" / name
    if not all(re.fullmatch(r"[a-z]{3,20}", word) for word in (name, noun)) or folder.exists():
        print("Two names are needed, 3 to 20 small letters each: a new service and its first noun.")
        return 1
    for path, text in FILES.items():
        file = folder / path.format(name=name, noun=noun)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(name=name, noun=noun, NAME=name.upper()))
    _name_it(root / "pyproject.toml", name)
    print(f"services/{name} is there. Next: tables, `make migration of={name} says=initial`.")
    return 0


def _name_it(config: Path, name: str) -> None:
    text = config.read_text()
    service = f'  "{LIKE}-service",\n'
    text = text.replace(service, service + f'  "{name}-service",\n')
    source = f"{LIKE}-service = {{ workspace = true }}\n"
    text = text.replace(source, source + source.replace(LIKE, name))
    text = text.replace(f"services/{LIKE}/src", f"services/{LIKE}/src:services/{name}/src")
    text = text.replace(f"| {LIKE} |", f"| {LIKE} | {name} |")
    text = re.sub(rf'"{LIKE}"(?=[,\]])', f'"{LIKE}", "{name}"', text)
    config.write_text(text)


if __name__ == "__main__":
    service, first_noun, *_ = [*sys.argv[1:], "", ""]
    sys.exit(main(service, first_noun, Path.cwd()))
