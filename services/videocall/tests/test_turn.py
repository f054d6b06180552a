"""TURN servers, where a network lets no UDP through (F5a.8, G26)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.videocall.tests.talks import world_with
from services.videocall.tests.world import World, in_call

from videocall.signalling.domain import IceServer, turn_servers

CALL = UUID("01890000-0000-7000-8000-000000000001")
SECRET = "north of the city"
URLS = "turn:turn.example:3478?transport=udp,turns:turn.example:443?transport=tcp"


def servers(now: datetime) -> list[IceServer]:
    """Work out the servers of a call, with credentials that are good for two hours."""
    lasts = timedelta(hours=2)
    return turn_servers(CALL, urls=URLS.split(","), secret=SECRET, good_for=lasts, now=now)


def test_a_credential_is_what_the_servers_work_out_from_the_secret_they_share() -> None:
    """The password was worked out with `openssl dgst -sha1 -hmac`."""
    now = datetime(2026, 12, 31, 4, 40, tzinfo=UTC)

    [server] = servers(now)

    assert server.urls == URLS.split(",")
    assert server.username == f"{int(datetime(2026, 12, 31, 7, tzinfo=UTC).timestamp())}:{CALL}"
    assert server.credential == "OY7VqbVggwsgh6ZTbtvKYn6Kag0="


def test_who_asks_again_within_the_hour_is_told_the_same() -> None:
    first, later, much_later = (
        servers(datetime(2026, 12, 31, 4, tzinfo=UTC) + after)
        for after in (timedelta(minutes=1), timedelta(minutes=59), timedelta(minutes=61))
    )
    assert first == later != much_later


async def test_both_parties_are_told_of_the_servers(world: World) -> None:
    async with world_with(world, turn_urls=URLS, turn_secret=SECRET) as suite:
        customer, agent = await in_call(suite)
        looks = [
            (await http.get(f"{path}/{customer.call_id}/media")).json()["ice"]["servers"]
            for http, path in ((customer.http, "/v1/calls"), (agent.http, "/v1/desk/calls"))
        ]

    assert looks[0] == looks[1]
    assert looks[0][0]["urls"] == URLS.split(",")
    assert looks[0][0]["username"].endswith(f":{customer.call_id}")
