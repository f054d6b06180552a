"""The roles of a route, as OpenAPI reads them from its dependencies (decision 0040)."""

from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI

from events.ids import uuid7
from kit.auth import AnyCaller, Caller, Customer, KnownCaller, Partner, Person, Staff, staff
from kit.openapi import document_common_answers
from values.roles import ROLES, STAFF_ROLES

may_review = staff("auditor", "region_manager")


async def _shop(clerk: Annotated[Caller, Depends(staff("store_staff"))]) -> str:
    return clerk.shop_code or ""


async def nobody() -> None: ...
async def maybe(caller: KnownCaller) -> None: ...
async def everybody(caller: AnyCaller) -> None: ...
async def customer(caller: Customer) -> None: ...
async def partner(caller: Partner) -> None: ...
async def member_of_staff(caller: Staff) -> None: ...
async def person(caller: Person) -> None: ...
async def wrapped(shop: Annotated[str, Depends(_shop)]) -> None: ...
async def twice(caller: Annotated[Caller, Depends(staff("admin", "auditor"))]) -> None: ...


@pytest.mark.parametrize(
    ("route", "guards", "roles"),
    [
        (nobody, [], ("public",)),
        (maybe, [], ("public",)),
        (everybody, [], ROLES),
        (customer, [], ("customer",)),
        (partner, [], ("partner",)),
        (member_of_staff, [], STAFF_ROLES),
        (person, [], ("customer", *STAFF_ROLES)),
        (wrapped, [], ("store_staff",)),
        (nobody, [may_review], ("region_manager", "auditor")),
        (twice, [may_review], ("auditor",)),
    ],
)
def test_an_operation_says_which_roles_its_guards_let_in(
    route: Any, guards: list[Any], roles: tuple[str, ...]
) -> None:
    app = FastAPI()
    app.get("/here", dependencies=[Depends(guard) for guard in guards])(route)
    document_common_answers(app)

    assert app.openapi()["paths"]["/here"]["get"]["x-roles"] == list(roles)


@pytest.mark.parametrize("named", ["customer", "partner"])
def test_a_member_of_staff_is_no_customer_and_no_channel_whatever_their_token_names(
    named: str,
) -> None:
    clerk = Caller(subject_id=uuid7(), kind="staff", roles=frozenset({named}))

    assert not clerk.acts_as([named])
    assert Caller(subject_id=uuid7(), kind=named).acts_as([named])
