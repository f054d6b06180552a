"""The stack as its users meet it: by its commands and through its gateway."""

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from aiokafka.admin import AIOKafkaAdminClient

from deploy.gateway.headers import NOTHING, OF_SIMULATORS, SAID_ALWAYS
from events import CATALOGUE
from stack.orphans import is_running


def eventually(truth: Callable[[], bool], *, within: float = 20) -> None:
    deadline = time.monotonic() + within
    while not truth():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.05)


def all_gone(pids: list[int]) -> bool:
    return not any(map(is_running, pids))


def test_a_request_reaches_its_service_with_its_token_and_its_verified_subject(tiny: Any) -> None:
    with tiny.client() as client:
        seen = client.get("/api/hold/v1/holds", headers={"x-user-sub": "somebody else"}).json()

    assert seen["path"] == "holds"
    assert seen["headers"]["x-user-sub"] == "someone"
    assert seen["headers"]["authorization"].startswith("Bearer ")


@pytest.mark.parametrize("path", ["/api/hold/v1/holds", "/api/hold/v1/holds/lookup"])
def test_the_subject_of_a_cookie_is_verified_and_a_bearer_goes_first(tiny: Any, path: str) -> None:
    token = tiny.token("a page's")["authorization"].removeprefix("Bearer ")
    cookie = {"cookie": f"chonso_access={token}"}

    with tiny.client() as client:
        both = client.post(path, headers=cookie).json()
        del client.headers["authorization"]
        alone = client.post(path, headers=cookie).json()

    assert alone["headers"]["x-user-sub"] == "a page's"
    assert both["headers"]["x-user-sub"] == "someone"


@pytest.mark.parametrize("path", ["/api/hold/v1/holds", "/api/hold/v1/holds/lookup"])
def test_the_console_counts_by_the_subject_of_its_own_cookie(tiny: Any, path: str) -> None:
    """On routes that need a token and on those that need none: as the service sees it."""

    def token(subject: str) -> str:
        return str(tiny.token(subject)["authorization"].removeprefix("Bearer "))

    both = {"cookie": f"chonso_access={token('lan')}; chonso_console_access={token('osp1')}"}

    with tiny.client() as client:
        del client.headers["authorization"]

        def subject(**headers: str) -> str:
            seen = client.post(path, headers=both | headers).json()["headers"]
            return str(seen["x-user-sub"])

        assert subject() == subject(**{"x-requested-by": "chonso-web"}) == "lan"
        assert subject(**{"x-requested-by": "chonso-console"}) == "osp1"


def test_a_media_node_runs_beside_videocall_and_is_started_again(tiny: Any) -> None:
    """The node stands on what npm fetches: `make media`."""
    killed = tiny.process("media")

    tiny.must("kill", "media")

    eventually(lambda: tiny.process("media")["pid"] not in (None, killed["pid"]))
    eventually(lambda: tiny.process("media")["condition"] == "ready")
    assert killed["address"].startswith("http://127.0.0.1:")


def test_nobody_can_pretend_to_be_verified_where_no_token_is_needed(tiny: Any) -> None:
    spoofed = {"x-user-sub": "somebody else", "X-User-Roles": "admin", "authorization": ""}

    with tiny.client() as client:
        seen = client.post("/api/hold/v1/holds/lookup", headers=spoofed).json()

    assert not [name for name in seen["headers"] if name.startswith("x-user-")]


def test_the_apps_the_list_of_apis_and_the_simulated_systems_need_no_token(tiny: Any) -> None:
    with tiny.client() as client:
        del client.headers["authorization"]
        first = client.get("/", headers={"accept": "text/html"})
        apis, page = client.get("/api/"), client.get("/sim/v1/pages")

    for answer in (first, apis):
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Chọn Số" in first.text
    assert "/api/hold/openapi.json" in apis.text
    assert page.json()["path"] == "pages"


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/", "default-src 'none'; script-src 'self'"),
        ("/assets/gone.js", NOTHING),
        ("/api/hold/v1/holds", NOTHING),
        ("/sim/v1/pages", OF_SIMULATORS),
    ],
)
def test_answers_from_behind_the_gateway_have_every_security_header_once(
    tiny: Any, path: str, policy: str
) -> None:
    with tiny.client() as client:
        answer = client.get(path)

    for name, value in SAID_ALWAYS.items():
        assert answer.headers.get_list(name) == [value]
    (told,) = answer.headers.get_list("content-security-policy")
    assert told.startswith(policy)


def test_everybody_has_a_database_and_nobody_may_enter_anothers(tiny: Any) -> None:
    server = tiny.status()["postgres"].removesuffix("/postgres").replace("postgres@", "{}@")

    psycopg.connect(server.format("hold") + "/hold").close()
    psycopg.connect(server.format("simulators") + "/simulators").close()
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(server.format("hold") + "/identity")


async def test_every_event_has_a_topic_and_every_service_a_place_for_dead_letters(
    tiny: Any,
) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=tiny.status()["kafka"])
    await admin.start()
    topics = set(await admin.list_topics())
    described = await admin.describe_topics(["HoldCreated", "dlq.hold"])
    await admin.close()

    assert {*CATALOGUE, "dlq.identity", "dlq.hold"} <= topics
    assert {len(topic["partitions"]) for topic in described} == {6}


def test_a_second_up_is_refused(tiny: Any) -> None:
    refused = tiny.run("up")

    assert refused.returncode == 3
    assert f"Already running: supervisor {tiny.status()['supervisor']}" in refused.stdout


def test_a_killed_service_is_started_again(tiny: Any) -> None:
    before = tiny.process("identity")

    tiny.must("kill", "identity")

    eventually(lambda: tiny.process("identity")["restarts"] == before["restarts"] + 1)
    eventually(lambda: tiny.process("identity")["condition"] == "ready")
    assert tiny.process("identity")["pid"] != before["pid"]


def test_readers_do_not_notice_that_one_of_two_processes_is_gone(tiny: Any) -> None:
    with tiny.client() as client:
        assert len({client.get("/api/hold/v1/holds").json()["pid"] for _ in range(20)}) == 2

        tiny.must("kill", "hold-2")
        statuses = {client.get("/api/hold/v1/holds").status_code for _ in range(40)}

    assert statuses == {200}
    eventually(lambda: tiny.process("hold-2")["condition"] == "ready")


def test_a_restart_gives_a_service_other_words_until_the_next(tiny: Any) -> None:
    before = tiny.process("identity")["restarts"]

    with tiny.client() as client:
        tiny.must("restart", "identity", "--env", "WORD=boo")
        told = client.get("/api/identity/v1/me").json()["word"]
        tiny.must("restart", "identity")
        told_again = client.get("/api/identity/v1/me").json()["word"]

    assert (told, told_again) == ("boo", None)
    assert tiny.process("identity")["restarts"] == before


def test_an_order_about_nobody_is_an_error(tiny: Any) -> None:
    assert tiny.run("restart", "nobody").returncode == 1


def test_a_killed_supervisor_leaves_nothing_and_the_next_one_finds_everything(tiny: Any) -> None:
    pids, keys = tiny.pids(), (tiny.home / "keys" / "identity.pem").read_bytes()
    gateway = tiny.status()["gateway"]

    os.kill(pids[0], signal.SIGKILL)

    eventually(lambda: all_gone(pids))
    assert tiny.run("status").returncode == 1
    tiny.must("up", "-d")
    assert tiny.status()["gateway"] == gateway
    assert (tiny.home / "keys" / "identity.pem").read_bytes() == keys


def test_the_demos_journeys_are_played_until_down_and_again_after_up(tiny: Any) -> None:
    assert "population" not in {line["name"] for line in tiny.status()["processes"]}
    tiny.must("populate")
    tiny.must("populate")
    first = tiny.process("population")

    tiny.must("down")
    gone = not is_running(first["pid"])
    tiny.must("up", "-d")
    eventually(lambda: tiny.process("population")["condition"] == "ready")

    assert (first["condition"], gone) == ("ready", True)


def test_a_stack_that_cannot_start_says_why_and_stops(other: Any) -> None:
    failed = other.run("up", "-d", "--env", "BROKEN=yes")

    assert failed.returncode == 1
    assert "told to be broken" in failed.stdout
    assert other.run("status").returncode == 1


def test_a_reset_forgets_all_there_is_and_touches_nothing_else(other: Any) -> None:
    (other.home / "mine").touch()
    other.must("up", "-d")

    other.must("reset")

    assert {file.name for file in other.home.iterdir()} == {"mine"}
