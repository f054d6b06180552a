"""docs/journey.md stays true: each step and branch leads to what exists."""

from collections import Counter
from collections.abc import Callable
from typing import Final

import pytest
from tests.docs import page
from tests.docs.page import BRANCHES, FOLDERS, LIST, PAGE, STEPS, cites

Check = Callable[[str], list[str]]
CHECKS: Final[list[Check]] = [
    page.rows_of_no_table,
    page.steps_without_their_one_row,
    page.branches_without_their_one_row,
    page.other_words_than_in_the_list,
    page.unknown_services,
    page.unknown_files,
    page.files_of_another_service,
    page.unknown_events,
    page.events_of_another_service,
    page.unknown_tests,
    page.branches_their_test_does_not_name,
]
STEP: Final = next(line for line in PAGE.splitlines() if line.startswith("| F1.12 |"))
FORK: Final = next(line for line in PAGE.splitlines() if line.startswith("| F3.4 | TH1 |"))


def test_the_procedure_has_128_steps_and_25_forks_with_two_branches_each() -> None:
    assert Counter(step[0] for step in STEPS) == {"P": 20, "F": 108}
    assert (len(LIST["forks"]), len(BRANCHES)) == (25, 50)
    assert set(LIST["forks"]) <= set(STEPS)


def test_a_step_is_carried_by_one_of_nine_services_or_by_what_surrounds_them() -> None:
    assert len(FOLDERS) == 12
    assert set(FOLDERS) >= {"demo", "simulators", "gateway"}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_page_is_free_of(check: Check) -> None:
    assert check(PAGE) == []


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        (page.rows_of_no_table, STEP, STEP.replace("| identity |", "|")),
        (page.steps_without_their_one_row, STEP, ""),
        (page.steps_without_their_one_row, STEP, f"{STEP}\n{STEP}"),
        (page.steps_without_their_one_row, STEP, f"{STEP}\n{STEP.replace('F1.12', 'F1.99')}"),
        (page.branches_without_their_one_row, FORK, ""),
        (page.branches_without_their_one_row, FORK, f"{FORK}\n{FORK}"),
        (page.branches_without_their_one_row, FORK, f"{FORK}\n{FORK.replace('TH1', 'TH3')}"),
        (page.other_words_than_in_the_list, STEP, STEP.replace("Account", "Something")),
        (page.other_words_than_in_the_list, FORK, FORK.replace("right", "wrong")),
        (page.unknown_services, STEP, STEP.replace("| identity |", "| accounts |")),
        (page.unknown_files, STEP, STEP.replace("commands.py", "command.py")),
        (page.unknown_files, STEP, STEP.replace("accounts/commands.py", "accounts")),
        (page.files_of_another_service, STEP, STEP.replace("| identity |", "| hold |")),
        (page.unknown_events, STEP, STEP.replace("CustomerActivated", "CustomerActive")),
        (page.unknown_events, "KycSubmitted --> KycPassed", "KycSubmitted --> KycDone"),
        (page.events_of_another_service, STEP, STEP.replace("CustomerActivated", "HoldCreated")),
        (page.unknown_tests, STEP, STEP.replace("::test_", "::test_never_")),
        (page.unknown_tests, STEP, STEP.replace("test_accounts.py", "test_nothing.py")),
        (page.unknown_tests, FORK, FORK.replace("`", "")),
        (page.branches_their_test_does_not_name, FORK, FORK.replace("F3.4", "F3.6")),
    ],
)
def test_a_mistake_on_the_page_is_noticed(check: Check, old: str, new: str) -> None:
    assert new != old

    assert check(PAGE.replace(old, new)) != []


def test_a_docstring_names_a_branch_only_beside_its_own_step() -> None:
    assert cites("F3.4 TH2 and TH1, F3.5.", "F3.4", "TH1")
    assert cites("F2.5 both, F2.9 both.", "F2.9", "TH2")
    assert not cites("F3.4 TH2, F3.6 TH1", "F3.4", "TH1")
    assert not cites("F3.14 TH1", "F3.1", "TH1")
