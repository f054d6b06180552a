"""Addresses that are called: none that leads back into our own network."""

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_address

import pytest

from feed.outside import AddressRefused, Answer, Caller, ascii_of, is_public
from feed.testing import Receiver


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    caller = Caller(seconds=5)
    yield caller
    await caller.close()


@pytest.fixture
async def local_caller() -> AsyncIterator[Caller]:
    caller = Caller(seconds=0.5, private=True)
    yield caller
    await caller.close()


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1"),  # noqa: S104, not to listen
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::"),
    ],
)
def test_addresses_of_a_private_network_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_of_the_internet_are(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *("http://1.1.1.1/in", "ftp://1.1.1.1/in", "https:///in", "1.1.1.1", ""),
        *("https://user@1.1.1.1/", "https://user:word@1.1.1.1/", "https://1.1.1.1/#part"),
        *("https://127.0.0.1/in", "https://localhost/in", "https://[::1]/in", "https://0/in"),
        *("https://2130706433/in", "https://0x7f.1/in", "https://[::ffff:7f00:1]:8443/in"),
        "https://no-such-name.invalid/in",
        *("https://xn--a.vn:99999/", "https://a b.vn/", "https://[::g]/", "https://\ud800.vn/"),
        *("https://1.1.1.1/\ud800", f"https://1.1.1.1/{'đ' * 700}", f"https://{'đ' * 80}.vn/"),
    ],
)
async def test_such_an_address_is_refused_when_it_is_given(caller: Caller, url: str) -> None:
    with pytest.raises(AddressRefused):
        await caller.check(url)


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ("https://1.1.1.1:8443/in?key=1", "https://1.1.1.1:8443/in?key=1"),
        ("HTTPS://1.1.1.1", "https://1.1.1.1/"),
        (
            "https://1.1.1.1/đơn hàng?về=đâu",
            "https://1.1.1.1/%C4%91%C6%A1n%20h%C3%A0ng?v%E1%BB%81=%C4%91%C3%A2u",
        ),
        ("https://1.1.1.1/50%/%C4%91/a%2Fb", "https://1.1.1.1/50%25/%C4%91/a%2Fb"),
        ("https://[2606:4700:4700::1111]:443/", "https://[2606:4700:4700::1111]/"),
    ],
)
async def test_a_public_address_is_accepted_as_it_is_called(
    caller: Caller, given: str, called: str
) -> None:
    assert await caller.check(given) == called
    assert await caller.check(called) == called


def test_a_host_with_marks_is_written_by_idna() -> None:
    assert ascii_of("https://Đại-Lý.vn/") == "https://xn--i-l-noa0h157s.vn/"


async def test_a_receiver_is_called_by_an_address_with_marks(
    local_caller: Caller, receiver: Receiver
) -> None:
    """Kept from before addresses were encoded."""
    assert await local_caller(f"{receiver.url}/đ?x=ư", {}, b"{}") == Answer(200)
    assert receiver.received[0].path == "/chonso/%C4%91?x=%C6%B0"


async def test_a_name_that_has_become_private_is_not_called(
    caller: Caller, receiver: Receiver
) -> None:
    """The address was public when it was given; what counts is where the connection would go."""
    answer = await caller(receiver.url.replace("127.0.0.1", "localhost"), {}, b"{}")

    assert answer == Answer(None, "refused: it is not a public address")
    assert receiver.received == []


async def test_where_it_is_allowed_our_own_machine_is_called(
    local_caller: Caller, receiver: Receiver
) -> None:
    receiver.answers = [500]

    assert await local_caller(receiver.url, {"webhook-id": "1"}, b"{}") == Answer(500)
    assert await local_caller(receiver.url, {"webhook-id": "2"}, b"{}") == Answer(200)
    assert [one.headers["webhook-id"] for one in receiver.received] == ["1", "2"]


async def test_all_addresses_of_a_name_are_tried(
    local_caller: Caller, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def two(_: str, port: int, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (address, port)) for address in ("127.0.0.2", "127.0.0.1")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", two)

    assert await local_caller(receiver.url, {}, b"{}") == Answer(200)


async def test_who_does_not_answer_is_not_waited_for(local_caller: Caller) -> None:
    async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(says_nothing, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        answer = await local_caller(f"http://127.0.0.1:{port}/", {}, b"{}")

    assert answer == Answer(None, "no answer in time")
    assert await local_caller(f"http://127.0.0.1:{port}/", {}, b"{}") == Answer(
        None, "ConnectError"
    )
