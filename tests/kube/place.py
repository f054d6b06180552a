"""The cluster all this happens in: the one `kubectl` points at, or one made for the purpose."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from deploy.compose import engine, images
from deploy.k8s import cluster, kubectl
from deploy.k8s.names import SUITE
from deploy.paths import HOME, ROOT

OWN: Final = HOME / "cluster"
SCRIPT: Final = ROOT / "deploy" / "k8s" / "cluster" / "cluster.sh"
BROUGHT: Final = ("postgres:18", "apache/kafka:4.4.0", "envoyproxy/envoy:v1.40.0")


def answers() -> bool:
    """Tell whether there is a cluster already."""
    command = [kubectl.program(), "get", "nodes", "--request-timeout=5s"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 # our own words


@contextmanager
def made_here() -> Iterator[None]:
    """Make a cluster of one node, with our images in it, and take it away again."""
    engine.ensure()
    try:
        _cluster("up")
        os.environ["KUBECONFIG"] = str(OWN / "kubeconfig")
        _cluster("load", *(images.name_of(service) for service in images.ALL), *BROUGHT)
        yield
    finally:
        os.environ.pop("KUBECONFIG", None)
        _cluster("down")


def ask(*arguments: str, said: str | None = None) -> str:
    """Ask the cluster something about the suite; a failure is an assertion with what it said."""
    command = [kubectl.program(), "--namespace", SUITE, *arguments]
    done = subprocess.run(command, input=said, capture_output=True, text=True, check=False)  # noqa: S603 # ours
    assert done.returncode == 0, f"kubectl {arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def refuses(*arguments: str, said: str) -> str:
    """Ask for what must not be, and return why it is refused."""
    command = [kubectl.program(), "--namespace", SUITE, *arguments]
    done = subprocess.run(command, input=said, capture_output=True, text=True, check=False)  # noqa: S603 # ours
    assert done.returncode != 0, f"kubectl {arguments} was allowed"
    return done.stderr


def see(*arguments: str) -> Any:
    """Look at objects."""
    return json.loads(ask("get", *arguments, "--output", "json"))


def gateway() -> str:
    """Say where people come in: a port of the node."""
    (port,) = see("service/gateway")["spec"]["ports"]
    told = json.loads(ask("get", "nodes", "--output", "json"))["items"][0]["status"]["addresses"]
    (address,) = (entry["address"] for entry in told if entry["type"] == "InternalIP")
    return f"http://{address}:{port['nodePort']}"


def pod(name: str) -> Any:
    """Find the one pod of a workload that is not about to end."""
    pods = see("pods", "--selector", f"app.kubernetes.io/name={name}")["items"]
    (running,) = (
        pod
        for pod in pods
        if "deletionTimestamp" not in pod["metadata"]
        and pod["metadata"]["labels"]["app.kubernetes.io/component"] != "job"
    )
    return running


def rolled(workload: str) -> None:
    """Wait until a workload is what it should be."""
    ask("rollout", "status", workload, "--timeout", cluster.TIMEOUT)


def memory() -> dict[str, float]:
    """Read how many MB every pod of the suite holds, from the kubelets."""
    megabytes: dict[str, float] = {}
    for node in json.loads(ask("get", "nodes", "--output", "json"))["items"]:
        path = f"/api/v1/nodes/{node['metadata']['name']}/proxy/stats/summary"
        for pod in json.loads(ask("get", "--raw", path))["pods"]:
            used = pod.get("memory", {}).get("workingSetBytes")
            if pod["podRef"]["namespace"] == SUITE and used:
                megabytes[pod["podRef"]["name"]] = used / 1e6
    return megabytes


def memory_of_our_own() -> dict[str, float]:
    """Read how many MB the cluster itself holds, where we started it."""
    pids = {file.name: file.read_text().strip() for file in (OWN / "pid").glob("*")}
    told = {name: Path("/proc", pid, "status").read_text() for name, pid in pids.items()}
    return {name: int(text.split("VmRSS:")[1].split()[0]) / 1e3 for name, text in told.items()}


def _cluster(*arguments: str) -> None:
    path = os.pathsep.join([str(Path(kubectl.program()).parent), os.environ["PATH"]])
    subprocess.run([str(SCRIPT), *arguments], check=True, env={**os.environ, "PATH": path})  # noqa: S603 # our own words
