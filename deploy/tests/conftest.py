"""A gateway by itself."""

import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from deploy import keys
from deploy.gateway import envoy
from deploy.gateway.render import render
from deploy.gateway.site import Address, Site
from deploy.gateway.table import read
from deploy.services import SERVICES
from kit.tokens import Signer
from stack import probes
from stack.ports import Ports


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with generated keys."""
    folder = tmp_path_factory.mktemp("gateway")
    keys.ensure(folder)
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    """Return a site without order, where no service answers."""
    ports = Ports(folder / "ports.json")
    nobody = Address("127.0.0.1", ports.give("nobody"))
    return Site(
        listen=Address("127.0.0.1", ports.give("gateway")),
        admin=Address("127.0.0.1", ports.give("admin")),
        jwks=(folder / "jwks" / "identity.json").read_text(),
        web=nobody,
        services={service: [nobody] for service in SERVICES if service != "order"},
        simulators=nobody,
    )


@pytest.fixture(scope="module")
def gateway(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Run Envoy without services behind it."""
    file = tmp_path_factory.mktemp("envoy") / "envoy.json"
    file.write_text(json.dumps(render(read(), site)))
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(envoy.command(file), stdout=quiet, stderr=quiet)  # noqa: S603 # ours
    probes.wait_until(lambda: probes.listens(site.listen.port), process, seconds=20)
    with httpx.Client(base_url=f"http://127.0.0.1:{site.listen.port}") as client:
        yield client
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def tokens(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Sign tokens as identity does, and as it does not."""
    others = tmp_path_factory.mktemp("others")
    keys.ensure(others)
    identity, other = Signer(folder, "identity"), Signer(others, "identity")
    claims, hour = {"sub": "someone"}, timedelta(hours=1)
    return {
        "good": identity.sign("chonso", claims, ttl=hour),
        "a little old": identity.sign("chonso", claims, ttl=timedelta(minutes=-4)),
        "stale": identity.sign("chonso", claims, ttl=-hour),
        "of another": other.sign("chonso", claims, ttl=hour),
        "nonsense": "x.y.z",
    }
