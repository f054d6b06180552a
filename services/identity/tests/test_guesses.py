"""Guessing passwords stops the guesser, not the owner (G13)."""

import pytest
from services.identity.tests.people import PASSWORD, World, admin, problem
from services.identity.tests.test_staff import AGENT

from kit.client_address import counted_as

HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


async def guesses(world: World, times: int, phone: str = "0931 266 868") -> list[int]:
    """Try wrong passwords."""
    return [(await world.logs_in(phone, "guess-guess")).status_code for _ in range(times)]


async def test_twenty_wrong_passwords_stop_the_guesser_and_not_the_owner(world: World) -> None:
    await world.becomes_customer()
    world.address = ELSEWHERE
    guessed = await guesses(world, 21)
    right = await world.logs_in()

    world.address = HOME
    owner = await world.logs_in()

    assert guessed == [401] * 20 + [429]
    assert problem(right) == (429, "too-many-logins"), "the guesser has found it too late"
    assert owner.status_code == 201


async def test_the_guesser_of_a_staff_password_is_stopped_alone(world: World) -> None:
    await world.post("/v1/staff", admin(world), **AGENT)
    world.address = ELSEWHERE
    for _ in range(21):
        stopped = await world.post("/v1/staff-sessions", username="agent7", password="guess")

    world.address = HOME
    agent = await world.post("/v1/staff-sessions", username="agent7", password=AGENT["password"])

    assert problem(stopped) == (429, "too-many-logins")
    assert agent.status_code == 201


async def test_many_addresses_for_one_account_are_stopped_but_where_its_owner_is_known(
    world: World,
) -> None:
    world.under(login_tries_by_address=30)
    await world.becomes_customer()
    for n in range(3):
        world.address = f"198.51.100.{n}"
        last = await guesses(world, 15)
    unknown = await world.logs_in()

    world.address = HOME
    owner = await world.logs_in()

    assert last == [429] * 15
    assert problem(unknown) == (429, "too-many-logins")
    assert owner.status_code == 201


async def test_many_accounts_from_one_address_are_stopped_but_who_is_known_there(
    world: World,
) -> None:
    world.under(login_tries_by_address=12)
    await world.becomes_customer()
    spread = [(await guesses(world, 3, f"09312668{n}"))[-1] for n in range(10, 15)]

    owner = await world.logs_in()

    assert spread == [401] * 4 + [429]
    assert owner.status_code == 201


async def test_signing_in_to_an_account_of_ones_own_buys_no_more_guesses_of_others(
    world: World,
) -> None:
    """Only a sign-in that was counted is taken back from the count of its address."""
    world.under(login_tries_by_address=12)
    await world.becomes_customer()
    spread = []
    for n in range(10, 24):
        spread += await guesses(world, 1, f"09312668{n}")
        assert (await world.logs_in()).status_code == 201

    assert spread == [401] * 12 + [429] * 2


async def test_a_guesser_who_is_stopped_uses_up_nothing_of_the_others(world: World) -> None:
    """Or one address alone could stop all."""
    world.under(login_tries_by_address=25)
    await world.becomes_customer()
    world.address = ELSEWHERE
    await guesses(world, 60)
    world.address = "198.51.100.10"

    owner_on_the_way = await world.logs_in()

    assert owner_on_the_way.status_code == 201


async def test_the_clients_own_word_for_its_address_counts_for_nothing(world: World) -> None:
    """The gateway adds the address it sees at the end."""
    await world.becomes_customer()
    for n in range(21):
        world.address = f"192.0.2.{n}, {ELSEWHERE}"
        last = await world.logs_in(password="guess-guess")

    assert problem(last) == (429, "too-many-logins")


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("203.0.113.7", "203.0.113.7"),
        ("a name", "a name"),
    ],
)
def test_an_address_of_ipv6_counts_as_its_network(address: str, counts_as: str) -> None:
    assert counted_as(address) == counts_as


async def test_a_password_typed_on_another_keyboard_is_the_same(world: World) -> None:
    """Composed letters and letters with marks: what looks the same is the same."""
    composed, marks = "m\u1eadt-kh\u1ea9u", "ma\u0323\u0302t-kha\u0302\u0309u"
    await world.becomes_customer(password=marks)

    assert (await world.logs_in(password=composed)).status_code == 201
    assert (await world.logs_in(password=marks)).status_code == 201
    assert problem(await world.logs_in(password=PASSWORD)) == (401, "login-refused")
