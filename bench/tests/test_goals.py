"""The report about a run: the median of its rounds, and whether that reaches the goal."""

import json
from pathlib import Path

import pytest

from bench import report
from bench.goals import Case, Goal, Outcome, Spread, cost, per_second

FASTER = Goal("1", "ours / theirs", per_second("ours", "theirs"), at_least=2)
CHEAPER = Goal("2", "ours / theirs", cost("ours", "theirs"), at_most=0.5)
NEVER = Goal("3", "twice", lambda figures: figures["ours"]["twice"], at_most=0, always=True)
SHOWN = Goal("4", "for information", per_second("theirs", "ours"))


def outcome(*goals: Goal, rates: tuple[float, ...] = (), twice: float = 0) -> Outcome[None]:
    measured = Outcome(Case[None]("case", lambda _: (), goals))
    for rate in rates:
        ours = {"per_second": rate, "cpu_us": 100 / rate, "twice": twice}
        measured.rounds.append({"ours": ours, "theirs": {"per_second": 10, "cpu_us": 10}})
        twice = 0
    return measured


def test_the_middle_of_the_ratios_counts_and_the_ends_are_told() -> None:
    ((_, spread),) = outcome(FASTER, rates=(10, 30, 100)).spreads()

    assert spread == Spread(3, 1, 10)
    assert str(spread) == "3.00 (1.00-10.00)"


@pytest.mark.parametrize(
    ("rates", "missed"),
    [((20, 20, 20), []), ((1, 20, 40), []), ((19, 19, 40), [FASTER, CHEAPER])],
)
def test_a_goal_is_missed_by_the_middle_and_not_by_one_bad_round(
    rates: tuple[float, ...], missed: list[Goal]
) -> None:
    assert outcome(FASTER, CHEAPER, SHOWN, rates=rates).missed == missed


def test_what_must_never_happen_is_missed_by_one_round() -> None:
    assert outcome(NEVER, rates=(1, 1, 1)).missed == []
    assert outcome(NEVER, rates=(1, 1, 1), twice=1).missed == [NEVER]


def test_every_figure_of_every_round_is_kept_with_the_machine_and_its_load(tmp_path: Path) -> None:
    kept = json.loads(report.keep([outcome(FASTER, rates=(10, 20))], 0.5, tmp_path).read_text())

    assert [r["ours"]["per_second"] for r in kept["rounds"]["case"]] == [10, 20]
    assert kept["load"] == 0.5
    assert {"cpus", "python", "packages"} <= kept["machine"].keys()
