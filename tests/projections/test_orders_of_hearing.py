"""Services that follow a hold reach the same end in whatever order its events are consumed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.projections.stories import CUSTOMER, Story, Teller, stories

from activation.activations.domain import Activation
from events import OrderCancelled
from events.facts.hold_facts import HoldFacts
from kyc.journeys.domain import Journey as KycJourney
from order.journeys.domain import Journey as OrderJourney
from shipping.holds.domain import KnownHold
from videocall.journeys.domain import Journey as CallJourney

PROJECTIONS: Final[dict[str, Callable[[UUID], HoldFacts]]] = {
    "activation": lambda hold_id: Activation(hold_id=hold_id, number_id=hold_id, sim="ESIM"),
    "order": lambda hold_id: OrderJourney.begun_by(
        Teller().created(None).model_copy(update={"hold_id": hold_id})
    ),
    "kyc": lambda hold_id: KycJourney(hold_id=hold_id),
    "shipping": lambda hold_id: KnownHold(hold_id=hold_id),
    "videocall": lambda hold_id: CallJourney(hold_id=hold_id),
}

heard_stories = st.sampled_from(stories()).flatmap(
    lambda story: st.tuples(st.just(story), st.permutations(story.facts * 2))
)


@settings(max_examples=5_000, deadline=None)
@given(heard_stories)
def test_every_projection_comes_to_the_same_end(told: tuple[Story, list[Any]]) -> None:
    """Each event comes twice, in any order; a timely payment counts when late (decision 0021)."""
    story, facts = told
    for service, begin in PROJECTIONS.items():
        projection = begin(facts[0].hold_id)
        for fact in facts:
            projection.hear(fact)
        came_to = (projection.closed_because, projection.customer_id)
        assert came_to == (story.over_because, CUSTOMER), f"{service}: {story.name}"


def test_every_service_that_keeps_a_projection_of_holds_is_asked() -> None:
    """Catalog shows numbers, and notification tells people: neither lets a hold end anything."""
    bus = json.loads(Path("docs/events/asyncapi.json").read_text())
    hearers = set(bus["channels"]["HoldExpired"]["x-consumers"])
    assert hearers - {"catalog", "notification"} == PROJECTIONS.keys()


class EchoIsFinal(HoldFacts):
    """The fault that the test above must find: the order's echo of an expiry ends the hold."""

    def hear(self, fact: Any) -> None:
        if isinstance(fact, OrderCancelled):
            self._end(fact.occurred_at, "ORDER_CANCELLED")
        super().hear(fact)


def test_a_projection_that_takes_the_echo_for_final_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PROJECTIONS, "faulty", lambda hold_id: EchoIsFinal(hold_id=hold_id))
    with pytest.raises(AssertionError, match="faulty"):
        test_every_projection_comes_to_the_same_end()
