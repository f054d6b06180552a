"""Addresses: which of them are a page, which are a file, and which are nothing at all."""

import base64
import hashlib
import re
from pathlib import Path

import httpx
import pytest

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    "path",
    ["/orders/7", "/holds/GS-1/pay", "/orders/a.b", "/activate/x/", "/apis", "/simple", "/icons/"],
)
async def test_an_address_of_the_app_is_its_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=HTML)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "<title>Chọn Số</title>" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/nobody/v1/x", "/sim", "/sim/sms", "/assets", "/assets/gone-1a2b.js"],
)
async def test_where_others_answer_and_among_assets_there_is_no_page(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers=HTML)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/no-such-path"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/orders/7", "/gone.js", "/favicon.ico"])
async def test_nothing_but_a_browser_that_goes_there_gets_a_page(
    client: httpx.AsyncClient, path: str
) -> None:
    """A script or a picture that is missing must not be the page instead."""
    assert (await client.get(path, headers={"accept": "*/*"})).status_code == 404


async def test_the_first_page_is_anybodys(client: httpx.AsyncClient) -> None:
    assert (await client.get("/", headers={"accept": "*/*"})).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "//secret.txt",
        "/%2fetc/passwd",
        "/%00",
        "/index.html%00.js",
        "/%ff%fe",
        "/%c0%ae%c0%ae/secret.txt",
        "/" + "a" * 5000,
        "/index.html/x",
        "/~root",
    ],
)
async def test_a_path_leads_nowhere_but_into_the_build(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.send(
        httpx.Request("GET", httpx.URL("http://web").copy_with(raw_path=path.encode()))
    )

    assert answer.status_code == 404
    assert "not for anybody" not in answer.text


async def test_a_link_out_of_the_build_is_not_followed(
    client: httpx.AsyncClient, apps: Path
) -> None:
    (apps / "customer/dist/link.txt").symlink_to(apps / "customer/secret.txt")

    assert (await client.get("/link.txt")).status_code == 404


@pytest.mark.parametrize("address", ["/console/", "/console/orders"])
async def test_an_app_without_a_build_says_how_to_build_it(
    client: httpx.AsyncClient, address: str
) -> None:
    answer = await client.get(address, headers=HTML)

    assert answer.status_code == 503
    assert answer.headers["content-type"].startswith("text/html")
    assert "make web" in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_the_console_has_its_own_build_below_its_address(
    client: httpx.AsyncClient, apps: Path
) -> None:
    (apps / "console/dist/assets").mkdir(parents=True)
    (apps / "console/dist/index.html").write_text("the console")
    (apps / "console/dist/assets/app-1.js").write_text("its script")

    assert (await client.get("/console")).headers["location"] == "/console/"
    assert (await client.get("/console/")).text == "the console"
    assert (await client.get("/console/calls/7", headers=HTML)).text == "the console"
    asset = await client.get("/console/assets/app-1.js")
    assert (asset.text, "immutable" in asset.headers["cache-control"]) == ("its script", True)
    assert (await client.get("/console/assets/app-4f2a.js", headers=HTML)).status_code == 404


@pytest.mark.parametrize("probe", ["/livez", "/readyz"])
async def test_a_probe_is_answered_without_a_build(client: httpx.AsyncClient, probe: str) -> None:
    assert (await client.get(probe)).status_code == 200


@pytest.mark.parametrize("path", ["/", "/sw.js", "/orders/7"])
async def test_the_policy_admits_what_is_inlined_and_no_other_script_or_style(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers=HTML)
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    style = hashlib.sha256(b"body{margin:0}").digest()

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == f"'self' 'sha256-{base64.b64encode(style).decode()}'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert not re.search(r"unsafe-eval|https?:|\*", answer.headers["content-security-policy"])


async def test_the_policy_follows_the_page_of_a_new_build(
    client: httpx.AsyncClient, apps: Path
) -> None:
    before = (await client.get("/")).headers["content-security-policy"]
    page = apps / "customer/dist/index.html"
    page.write_text("<style>a{b:c}</style><style>d{e:f}</style><script>let a = '</b>'</script>")

    after = (await client.get("/")).headers["content-security-policy"]

    script = base64.b64encode(hashlib.sha256(b"let a = '</b>'").digest()).decode()
    assert f"script-src 'self' 'sha256-{script}'" in after
    assert (before.count("'sha256-"), after.count("'sha256-")) == (1, 3)
