"""The parts of the stack by themselves."""

import os
import shutil
import socket
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from deploy import keys
from kit.sealing import Sealer
from kit.tokens import Signer, Verifier
from stack import clock, postgres, unprivileged
from stack.ports import Ports
from stack.process import Process, execute
from stack.process_supervisor import DidNotStart, ProcessSupervisor


def test_keys_are_made_once_and_fit_each_other(tmp_path: Path) -> None:
    secrets = keys.ensure(tmp_path)
    slip = Signer(tmp_path, "catalog").sign("offer", {"price_vnd": 1}, ttl=timedelta(minutes=1))
    sealed = Sealer(tmp_path, "hold").seal(b"name")

    assert keys.ensure(tmp_path) == secrets
    assert Verifier(tmp_path, "catalog", "offer").open(slip)["price_vnd"] == 1
    assert Sealer(tmp_path, "hold").open(sealed) == b"name"
    assert (tmp_path / "hold.seal").stat().st_mode & 0o077 == 0


def test_a_port_is_the_same_next_time_unless_somebody_took_it(tmp_path: Path) -> None:
    ports = Ports(tmp_path / "ports.json")
    first, second = ports.give("first"), ports.give("second")
    ports.save()

    with socket.create_server(("127.0.0.1", first)):
        again = Ports(tmp_path / "ports.json")
        assert again.give("second") == second
        assert again.give("first") not in (first, second)


def test_the_clock_goes_ahead_and_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "clock"

    clock.advance(file, "20m")
    assert clock.advance(file, "1h") == 4800
    clock.reset(file)
    assert clock.offset(file) == 0
    with pytest.raises(ValueError, match="not a duration"):
        clock.advance(file, "soon")


def test_what_an_interrupted_start_left_is_no_obstacle(tmp_path: Path) -> None:
    data = tmp_path / "pgdata"
    data.with_suffix(".new").mkdir()
    data.mkdir()
    (data / "half").touch()

    postgres.prepare(data)
    (data / "postmaster.pid").write_text("1\nsomebody else's\n")

    with postgres.start(tmp_path) as server:
        assert postgres.accepts(server.port)


@pytest.mark.skipif(os.geteuid() != 0, reason="others are not root, so nothing stands in the way")
def test_root_without_user_namespaces_runs_the_databases_as_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unprivileged, "_namespaces_work", lambda: False)
    monkeypatch.setattr(unprivileged, "_is_open", lambda _: False)
    ground = postgres.data_folder(tmp_path).parent

    with postgres.start(tmp_path) as server:
        owner = psutil.Process(server.process.pid).uids().real
    shutil.rmtree(ground)

    assert owner == unprivileged.NOBODY


async def test_what_never_answers_is_given_up(tmp_path: Path) -> None:
    async def launch() -> Process:
        return await execute(["false"], tmp_path / "log")

    async def never() -> bool:
        return False

    supervisor = ProcessSupervisor("nothing", launch, never)

    with pytest.raises(DidNotStart, match="nothing ended with 1"):
        await supervisor.start()
    await supervisor.stop()
