"""Files of a build: types, encodings, caching, revalidation, ranges."""

import os
from pathlib import Path

import httpx
import pytest

BROTLI = {"accept-encoding": "gzip, deflate, br"}
SCRIPT = "/assets/app-4f2a.js"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/sw.js", "text/javascript; charset=utf-8"),
        (SCRIPT, "text/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/icon.svg", "image/svg+xml"),
        ("/assets/so-digits-91bc.woff2", "font/woff2"),
    ],
)
async def test_a_file_has_its_type_in_both_encodings(
    client: httpx.AsyncClient, path: str, kind: str
) -> None:
    for encodings in ({}, BROTLI):
        answer = await client.get(path, headers=encodings)

        assert answer.status_code == 200
        assert answer.headers["content-type"] == kind


async def test_what_is_named_by_its_content_is_kept_for_ever(client: httpx.AsyncClient) -> None:
    answer = await client.get(SCRIPT)

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/sw.js", "/manifest.webmanifest", "/icon.svg"]
)
async def test_for_all_else_a_browser_asks_each_time(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br, zstd", "gzip, BR;q=0.8", "br;q=1"])
async def test_a_client_that_takes_brotli_gets_what_the_build_compressed(
    client: httpx.AsyncClient, apps: Path, accepted: str
) -> None:
    request = client.build_request("GET", SCRIPT, headers={"accept-encoding": accepted})
    answer = await client.send(request, stream=True)
    sent = b"".join([part async for part in answer.aiter_raw()])

    assert answer.headers["content-encoding"] == "br"
    assert sent == (apps / "customer/dist/assets/app-4f2a.js.br").read_bytes()
    assert int(answer.headers["content-length"]) == len(sent)


@pytest.mark.parametrize("accepted", ["", "gzip", "identity", "br;q=0", "br; q=0.0, gzip", "brr"])
async def test_any_other_client_gets_the_file_itself(
    client: httpx.AsyncClient, apps: Path, accepted: str
) -> None:
    answer = await client.get(SCRIPT, headers={"accept-encoding": accepted})

    assert "content-encoding" not in answer.headers
    assert answer.text == (apps / "customer/dist/assets/app-4f2a.js").read_text()


@pytest.mark.parametrize("encodings", [{}, BROTLI])
@pytest.mark.parametrize("path", ["/", SCRIPT, "/sw.js", "/orders/7"])
async def test_every_answer_says_that_it_depends_on_the_encodings(
    client: httpx.AsyncClient, path: str, encodings: dict[str, str]
) -> None:
    known = await client.get(path, headers={"accept": "text/html", **encodings})
    same = await client.get(
        path,
        headers={"accept": "text/html", "if-none-match": known.headers["etag"], **encodings},
    )

    assert (known.status_code, same.status_code) == (200, 304)
    assert known.headers["vary"] == same.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("encodings", [{}, BROTLI])
@pytest.mark.parametrize("path", ["/", SCRIPT, "/sw.js"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"another", {}', "*"])
async def test_what_the_client_has_is_not_sent_again(
    client: httpx.AsyncClient, path: str, encodings: dict[str, str], form: str
) -> None:
    """A gateway that compresses makes an entity tag weak; the bytes are still the same."""
    known = await client.get(path, headers=encodings)
    told = {"if-none-match": form.format(known.headers["etag"]), **encodings}

    answer = await client.get(path, headers=told)

    assert answer.status_code == 304
    assert answer.content == b""
    assert "content-length" not in answer.headers
    for kept in ("etag", "cache-control", "content-security-policy"):
        assert answer.headers[kept] == known.headers[kept]


async def test_the_two_encodings_are_not_taken_for_each_other(client: httpx.AsyncClient) -> None:
    plain = await client.get(SCRIPT)

    compressed = await client.get(
        SCRIPT, headers={"if-none-match": plain.headers["etag"], **BROTLI}
    )

    assert compressed.status_code == 200
    assert compressed.headers["etag"] != plain.headers["etag"]


async def test_a_new_build_is_served_at_once(client: httpx.AsyncClient, apps: Path) -> None:
    before = (await client.get("/")).headers["etag"]
    page = apps / "customer" / "dist" / "index.html"
    page.write_text("<!doctype html><title>new</title>")
    os.utime(page, (2_000_000_000, 2_000_000_000))

    answer = await client.get("/", headers={"if-none-match": before})

    assert answer.status_code == 200
    assert "new" in answer.text


async def test_a_head_says_what_a_get_would(client: httpx.AsyncClient) -> None:
    for path in ("/", SCRIPT, "/orders/7"):
        told = {"accept": "text/html"}
        whole, head = await client.get(path, headers=told), await client.head(path, headers=told)

        assert head.content == b""
        assert (head.status_code, dict(head.headers)) == (200, dict(whole.headers))


@pytest.mark.parametrize(
    ("part", "status", "told"),
    [
        ("bytes=0-5", 206, "bytes 0-5/1080"),
        ("bytes=-5", 206, "bytes 1075-1079/1080"),
        ("bytes=1000-9999", 206, "bytes 1000-1079/1080"),
        ("bytes=5000-", 416, "bytes */1080"),
        ("lines=1-2", 400, None),
        ("bytes=x", 400, None),
    ],
)
async def test_a_part_of_a_file_is_sent_alone(
    client: httpx.AsyncClient, part: str, status: int, told: str | None
) -> None:
    """RFC 9110, 14."""
    answer = await client.get(SCRIPT, headers={"range": part})

    assert answer.status_code == status
    assert answer.headers.get("content-range") == told


async def test_a_part_of_an_older_file_is_not_put_to_a_newer_one(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get(SCRIPT, headers={"range": "bytes=0-5", "if-range": '"older"'})

    assert answer.status_code == 200
    assert len(answer.content) == 1080


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_pages_are_only_read(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/", headers={"accept": "text/html"})

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.headers["content-type"] == "application/problem+json"
