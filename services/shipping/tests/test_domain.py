"""The words of shipping and its state machine, without a database."""

from itertools import product

import pytest

from events.ids import uuid7
from kit import clock
from shipping.news.domain import dictionary_of
from shipping.shipments.domain import Shipment
from shipping.shipments.states import (
    IN_THE_HOUSE,
    LABELS,
    NEXT,
    TAB_LABELS,
    TAB_OF,
    WITH_COURIER,
    ShipmentMovedOn,
    Status,
    Tab,
)
from shipping.stores.domain import stores
from shipping.streams.domain import Filters


def shipment(status: Status) -> Shipment:
    return Shipment(
        hold_id=uuid7(),
        order_id=uuid7(),
        delivery="HOME",
        delivery_id=None,
        store_code=None,
        payment="ONLINE",
        cod_due_vnd=0,
        placed_at=clock.now(),
        status=status,
    )


@pytest.mark.parametrize(("here", "there"), list(product(Status, Status)))
def test_a_shipment_moves_only_along_the_ways_of_the_state_machine(
    here: Status, there: Status
) -> None:
    parcel = shipment(here)

    if there in NEXT[here]:
        parcel.move_to(there)
        assert parcel.status is there
    else:
        with pytest.raises(ShipmentMovedOn):
            parcel.move_to(there)
        assert parcel.status is here


def test_the_five_tabs_are_those_of_the_procedure_letter_by_letter() -> None:
    assert list(TAB_LABELS.values()) == [
        "Chờ xử lý",
        "Chờ lấy hàng",
        "Đang giao hàng",
        "Đã giao",
        "Đã hủy",
    ]
    assert set(TAB_OF) == set(Status) == set(LABELS) == set(NEXT)
    assert set(Filters(tab=Tab.DELIVERING).statuses) == WITH_COURIER
    assert {s for s in Status if TAB_OF[s] is None} == {Status.WAITING_PAYMENT}


@pytest.mark.parametrize("status", list(Status))
def test_asked_to_cancel_a_shipment_in_the_house_stops_and_any_other_says_why_not(
    status: Status,
) -> None:
    """G18, G19: the customer may cancel until the hand-over, at any moment."""
    parcel = shipment(status)

    answer = parcel.answer_cancel("CHANGED_MIND", now=clock.now())

    expected = {
        Status.CANCELLED: ("ShipmentCancelled", None),
        **dict.fromkeys(WITH_COURIER, ("CancelRefused", "ALREADY_HANDED_OVER")),
        Status.DELIVERED: ("CancelRefused", "ALREADY_DELIVERED"),
    }.get(status, ("CancelRefused", "ALREADY_CANCELLED"))
    if status in IN_THE_HOUSE:
        expected = ("ShipmentCancelled", "CHANGED_MIND")
        assert parcel.status is Status.CANCELLED
    assert (answer.topic, getattr(answer, "reason_code", None)) == expected


def test_every_region_has_at_least_three_stores() -> None:
    regions = [store.region for store in stores().values()]
    assert {region: regions.count(region) >= 3 for region in set(regions)} == {
        f"KV{n}": True for n in range(1, 10)
    }
    assert stores()["2HCM0001"].region == "KV2"
    assert all(code[0] == store.region[-1] for code, store in stores().items())


def test_the_dictionary_of_ghn_has_its_twenty_two_words() -> None:
    dictionary = dictionary_of("ghn")

    assert len(dictionary.states) == 22
    assert set(dictionary.states.values()) <= set(Status)
    assert dictionary.version
