"""Start a service in the house style: `make new-service name=loyalty`.

It writes the folder with its role files; the root `pyproject.toml` gets the name where the gate
wants it. What remains is to say what the service is for.
"""

import re
import sys
from pathlib import Path

FILES = {
    "README.md": "# {name}\n\nWhat it owns, what it hears, what it states.\n",
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
    "src/{name}/__init__.py": '"""What this service is for, in one sentence."""\n',
    "src/{name}/py.typed": "",
    "src/{name}/settings.py": '''\
"""The knobs of the {name} service."""

from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="{NAME}_"):
    """Every field is an environment variable that begins with `{NAME}_`."""
''',
    "src/{name}/tables.py": '''\
"""What the {name} service remembers."""

from kit.db import service_registry

mapper = service_registry()
metadata = mapper.metadata
''',
    "src/{name}/consumers.py": '''\
"""Kafka: what the {name} service does when it hears other services."""

from events.subscriptions import Subscriptions
from kit.db import Tx

subscriptions = Subscriptions[Tx]("{name}")
''',
    "src/{name}/api.py": '''\
"""HTTP: what is asked of the {name} service."""

from fastapi import APIRouter

router = APIRouter(prefix="/v1", tags=["{name}"])
''',
    "src/{name}/main.py": '''\
"""Wires the {name} service together. The only module that knows every other."""

from fastapi import FastAPI

from kit.db import Database
from kit.service import assemble
from {name} import api
from {name}.consumers import subscriptions
from {name}.settings import Settings


def create_app(settings: Settings, db: Database) -> FastAPI:
    """Build the service from its parts."""
    return assemble(
        "{name}", settings, db=db, routers=[api.router], subscriptions=subscriptions
    )


def app() -> FastAPI:
    """Build the service from its environment."""
    settings = Settings.model_validate({{}})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
''',
    "migrations/env.py": '''\
"""Run the migrations of the {name} service."""

from kit import migrations
from {name}.tables import metadata

migrations.run(metadata)
''',
}
LIKE = "notification"
"""The service whose mentions in the root `pyproject.toml` show where a name must stand."""


def main(name: str, root: Path) -> int:
    """Write the folder and name the service in the workspace, the type checker and the linter."""
    folder = root / "services" / name
    if not re.fullmatch(r"[a-z]{3,20}", name) or folder.exists():
        print("A new name is needed: 3 to 20 small letters, and not taken.")
        return 1
    for path, text in FILES.items():
        file = folder / path.format(name=name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(name=name, NAME=name.upper()))
    template = root / "services" / LIKE / "migrations" / "script.py.mako"
    (folder / "migrations" / "script.py.mako").write_text(template.read_text())
    (folder / "migrations" / "versions").mkdir()
    _name_it(root / "pyproject.toml", name)
    print(f"services/{name} is there. Next: uv sync, tables, `python tools/migration.py {name}`.")
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
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "", Path.cwd()))
