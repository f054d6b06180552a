"""Routing an order: the rules in their order, every ward, and by hand (SD.3)."""

from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from services.order.tests.world import World

from events import OrderRouted
from events.ids import uuid7
from order.routing.domain import Companies, Question, companies, route
from values.wards import wards

HOLD = UUID(int=7 << 80)
SAIGON, BIEN_HOA, NHA_TRANG = "26740", "26041", "22366"


def _without_teams(*regions: str) -> Companies:
    table = companies()
    changed = {
        region: replace(company, has_team=region not in regions, substitute="KV1")
        for region, company in table.by_region.items()
    }
    return Companies(changed, table.default)


@pytest.mark.parametrize(
    ("question", "rule", "region"),
    [
        (Question(hold_id=HOLD, store_region="KV5", store_code="5HPH0001"), "R1_STORE", "KV5"),
        (  # a store before a channel with customers of its own
            Question(
                hold_id=HOLD,
                store_region="KV5",
                store_code="5HPH0001",
                channel_region="KV9",
                channel_owns_customers=True,
            ),
            "R1_STORE",
            "KV5",
        ),
        (  # a channel with customers of its own before their address
            Question(
                hold_id=HOLD,
                channel_region="KV9",
                channel_owns_customers=True,
                address=wards()[SAIGON],
            ),
            "R2_OWN_CUSTOMERS",
            "KV9",
        ),
        (  # a channel without: the address
            Question(hold_id=HOLD, channel_region="KV9", address=wards()[SAIGON]),
            "R3_ADDRESS",
            "KV2",
        ),
        (  # no address: the channel before the residence
            Question(hold_id=HOLD, channel_region="KV9", residence=wards()[BIEN_HOA]),
            "R4_CHANNEL",
            "KV9",
        ),
        (Question(hold_id=HOLD, residence=wards()[BIEN_HOA]), "R4_RESIDENCE", "KV8"),
        (Question(hold_id=HOLD), "R4_DEFAULT", "KV2"),
    ],
)
def test_the_first_rule_that_names_a_company_wins(
    question: Question, rule: str, region: str
) -> None:
    decision = route(question, _without_teams())

    assert (decision.rule, decision.region, decision.team) == (rule, region, region)


def test_a_company_without_a_team_passes_to_its_substitute() -> None:
    """G40."""
    question = Question(hold_id=HOLD, address=wards()[NHA_TRANG])

    decision = route(question, companies())

    assert (decision.region, decision.team) == ("KV3", "KV3")
    assert decision.rule == "R3_ADDRESS+R5_SUBSTITUTE"
    assert decision.shop_code in {shop.shop_code for shop in companies().by_region["KV3"].shops}


def test_own_customers_without_a_team_go_by_their_address() -> None:
    question = Question(
        hold_id=HOLD, channel_region="KV9", channel_owns_customers=True, address=wards()[SAIGON]
    )

    assert route(question, _without_teams("KV9")).rule == "R3_ADDRESS"


def test_every_ward_has_a_company_and_a_shop() -> None:
    """All 3,321 wards resolve, to the companies of the territory table."""
    assert len(wards()) == 3321

    decided = [
        route(Question(hold_id=HOLD, address=ward), _without_teams()) for ward in wards().values()
    ]

    counted = Counter(decision.region for decision in decided)
    assert counted == {
        "KV1": 126,
        "KV2": 102,
        "KV3": 285,
        "KV4": 658,
        "KV5": 584,
        "KV6": 406,
        "KV7": 288,
        "KV8": 377,
        "KV9": 495,
    }


def test_shops_take_turns_by_weight_and_a_repeat_decides_alike() -> None:
    holds = [uuid7() for _ in range(600)]
    ask = [Question(hold_id=hold, residence=wards()["09187"]) for hold in holds]
    saigon = [Question(hold_id=hold, address=wards()[SAIGON]) for hold in holds]

    near = {route(question, companies()).shop_code for question in ask}
    shops = Counter(route(question, companies()).shop_code for question in saigon)
    again = Counter(route(question, companies()).shop_code for question in saigon)

    assert near == {"5BNI0001"}
    assert shops == again
    assert shops["2HCM0001"] > shops["2HCM0002"] > 0


async def test_every_decision_is_kept_with_its_inputs(world: World) -> None:
    """Explainable: rule and inputs, for whoever asks why."""
    order = await world.place(await world.hold(), "COD")

    path = f"/v1/staff/orders/{order['order_id']}/routing"
    [why] = (await world.staff("osp_staff").get(path)).json()["items"]

    assert why["rule"] == "R3_ADDRESS"
    assert why["inputs"]["address_ward"] == SAIGON


async def test_staff_hand_an_order_over_by_hand(world: World) -> None:
    """43: a re-route is a new OrderRouted."""
    order = await world.place(await world.hold(), "COD")
    path = f"/v1/staff/orders/{order['order_id']}/reroute"
    manager = world.staff("region_manager", regions=("KV2",))

    nowhere = await manager.post(path, json={"region": "KV7"})
    moved = await manager.post(path, json={"region": "KV8"})

    assert (nowhere.status_code, nowhere.json()["type"]) == (422, "/problems/no-call-team")
    assert (moved.status_code, moved.json()["region"]) == (200, "KV8")
    _, routed = await world.published(OrderRouted)
    assert (routed.rule, routed.team) == ("MANUAL", "KV8")
    assert (await manager.get(f"/v1/staff/orders/{order['order_id']}")).status_code == 404
