"""The plan of the population: exact, the same every time, and nowhere empty."""

from collections import Counter

from demo.population.people import REGIONS, inhabitant
from demo.population.plan import COUNTS, HOME, State, plan
from demo.population.plays import PLAYS
from values.id_numbers import check_owner
from values.wards import ward_of


def test_three_hundred_journeys_are_dealt_as_the_counts_say() -> None:
    slots = plan(300)

    assert Counter(slot.state for slot in slots) == COUNTS
    assert [slot.number for slot in slots] == list(range(300))


def test_the_first_journeys_have_one_of_each_state_where_the_seeds_staff_work() -> None:
    first = plan(len(State))

    assert {slot.state for slot in first} == set(State)
    assert {slot.region for slot in first} == {HOME}


def test_no_region_is_without_work() -> None:
    regions = Counter(slot.region for slot in plan(300))

    assert set(regions) == set(REGIONS)
    assert min(regions.values()) >= 20, regions


def test_a_larger_plan_begins_with_the_smaller_and_goes_on_in_the_same_way() -> None:
    larger = plan(340)

    assert larger[:60] == plan(60)
    assert [slot.state for slot in larger[300:]] == [slot.state for slot in larger[:40]]


def test_every_state_has_a_function_that_leads_to_it() -> None:
    assert set(PLAYS) == set(State)


def test_people_live_in_their_region_and_have_a_number_that_fits_them() -> None:
    for region in REGIONS:
        person = inhabitant(region)

        assert ward_of(person.ward_code).region == region
        check_owner(person.id_number, born=person.date_of_birth, sex=person.sex)  # type: ignore[arg-type]
