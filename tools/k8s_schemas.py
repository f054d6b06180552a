"""Take in the schemas that `make k8s-check` uses: `python tools/k8s_schemas.py KUBERNETES CRDS`.

KUBERNETES is a version's folder of the package `kubernetes-validate`, CRDS a folder of
`<group>/<kind>_<version>.json`. Descriptions are left out, and so is every definition of Kubernetes
that none of our kinds needs; what is checked stays the same.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

SCHEMAS: Final = Path(__file__).parents[1] / "deploy" / "k8s" / "schemas"
KINDS: Final = (
    "ConfigMap v1",
    "Deployment apps/v1",
    "Job batch/v1",
    "Namespace v1",
    "NetworkPolicy networking.k8s.io/v1",
    "PersistentVolume v1",
    "PodDisruptionBudget policy/v1",
    "Secret v1",
    "Service v1",
    "ServiceAccount v1",
    "StatefulSet apps/v1",
)
_DEFINITIONS: Final = "/api/_definitions.json"
_REFERENCE: Final = re.compile(r'"\$ref": "[^"]*/([^"/]+)"')


def without_words(schema: Any, *, names: bool = False) -> Any:
    """Leave out descriptions; `names` says that the keys are names of fields, not of rules."""
    if isinstance(schema, list):
        return [without_words(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: without_words(value, names=not names and key in ("properties", "$defs"))
        for key, value in schema.items()
        if names or key not in ("description", "default", "example")
    }


def needed(schema: Any, definitions: dict[str, Any], names: set[str]) -> None:
    """Collect the definitions that a schema refers to, and those that they refer to."""
    for name in _REFERENCE.findall(json.dumps(schema)):
        if name not in names:
            names.add(name)
            needed(definitions[name], definitions, names)


def of_kubernetes(folder: Path) -> dict[str, Any]:
    """Put the kinds we use and all they need into one schema."""
    definitions = json.loads((folder / "_definitions.json").read_text())["$defs"]
    kinds: dict[str, Any] = {}
    names: set[str] = set()
    for kind in KINDS:
        name, version = kind.split()
        group = version.rpartition("/")[0].split(".")[0]
        file = "-".join(filter(None, [name.lower(), group, version.rpartition("/")[2]]))
        kinds[f"{version} {name}"] = schema = json.loads((folder / f"{file}.json").read_text())
        needed(schema, definitions, names)
    together = {"kinds": kinds, "$defs": {name: definitions[name] for name in sorted(names)}}
    text = json.dumps(without_words(together)).replace(_DEFINITIONS, "")
    return dict(json.loads(text))


def main(kubernetes: Path, resources: Path) -> None:
    """Write everything where the check looks for it."""
    version = kubernetes.name.split(".0-")[0].removeprefix("v")
    (SCHEMAS / f"kubernetes-{version}.json").write_text(_compact(of_kubernetes(kubernetes)))
    for file in sorted(resources.glob("*/*.json")):
        target = SCHEMAS / file.relative_to(resources)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_compact(without_words(json.loads(file.read_text()))))


def _compact(schema: dict[str, Any]) -> str:
    return json.dumps(schema, separators=(",", ":"), sort_keys=True) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
