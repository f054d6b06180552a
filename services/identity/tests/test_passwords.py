"""One password is one password however its letters are composed, and old hashes go on working."""

import pytest
from argon2 import PasswordHasher
from pydantic import SecretStr, TypeAdapter, ValidationError

from identity.passwords import domain as passwords
from identity.passwords.domain import GivenPassword, Password

COMPOSED, MARKS = "m\u1eadt-kh\u1ea9u", "ma\u0323\u0302t-kha\u0302\u0309u"
old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


@pytest.mark.parametrize("kept", [COMPOSED, MARKS])
@pytest.mark.parametrize("typed", [COMPOSED, MARKS])
async def test_what_looks_the_same_is_the_same(kept: str, typed: str) -> None:
    assert await passwords.matches(await passwords.hashed(SecretStr(kept)), SecretStr(typed))


@pytest.mark.parametrize("typed", [COMPOSED, MARKS])
async def test_a_hash_of_before_goes_on_working(typed: str) -> None:
    """A hash of former times was made of the letters as they were typed."""
    assert await passwords.matches(old.hash(MARKS), SecretStr(typed))
    assert not await passwords.matches(old.hash(MARKS), SecretStr(typed + "!"))


async def test_a_password_of_before_may_have_a_character_that_is_refused_today() -> None:
    given = TypeAdapter[SecretStr](GivenPassword).validate_python("tab\tinside")

    assert await passwords.matches(old.hash("tab\tinside"), given)
    with pytest.raises(ValidationError, match="cannot be typed"):
        TypeAdapter[SecretStr](Password).validate_python("tab\tinside")


def test_the_length_is_that_of_the_letters() -> None:
    """Seven letters with marks are seven, and a hundred of them are not too many."""
    adapter = TypeAdapter[SecretStr](Password)

    with pytest.raises(ValidationError):
        adapter.validate_python("a\u0323\u0302" * 7)
    assert len(adapter.validate_python("a\u0323\u0302" * 100).get_secret_value()) == 100


def test_typed_twice_on_two_keyboards_is_typed_twice() -> None:
    assert passwords.are_same(SecretStr(COMPOSED), SecretStr(MARKS))
    assert not passwords.are_same(SecretStr(COMPOSED), SecretStr(COMPOSED + "x"))
