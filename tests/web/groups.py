"""Groups of tests that belong to one worker: a file, a stage, those in which agents answer."""

from pathlib import Path
from typing import Final

from tests.web.console.screens import SCREENS as CONSOLE
from tests.web.screens import SCREENS
from tests.web.stages import AFTER_A_CALL
from xdist.scheduler import LoadScopeScheduling

CALLS: Final = "calls"
"""Agents take whoever is next: two workers that both play calls would cut off each other's."""
DESKS_CALLS: Final = "calls at the console's desks"
"""Calls of KV2; those of the customers' app are played in KV1, and may ring at the same time."""
FILES_WITH_CALLS: Final = {
    "test_broken_lines",
    "test_call_endings",
    "test_connection",
    "test_identity",
    "test_journey",
    "test_journeys",
    "test_pictures_and_sound",
    "test_playback",
    "test_reachable",
    "test_reloads",
    "test_review",
    "test_video",
    "test_whole_journey",
}
FILES_OF_STAGES: Final = {"test_accessible", "test_safe"}
"""Files that look at customers of all stages, a test for each screen."""
STAGES: Final = {screen.name: screen.stage for screen in SCREENS}
DESKS: Final = {screen.name: screen.workspace for screen in CONSOLE}


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist says nothing of its types
    """Hands a whole group to the worker that is free. Customers of a stage are made once so."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(test: str) -> str:
    """Return the group of a test's id: `…test_accessible.py::test_…[refused]` -> `calls`."""
    path, _, name = test.partition("::")
    screen = name.partition("[")[2].removesuffix("]")
    stem, is_console = Path(path).stem, "console" in Path(path).parts
    if stem in FILES_WITH_CALLS:
        return DESKS_CALLS if is_console else CALLS
    if is_console:
        is_video = stem == "test_accessible" and DESKS[screen] == "video"
        return DESKS_CALLS if is_video else path
    if stem not in FILES_OF_STAGES or screen not in STAGES:
        return path
    stage = STAGES[screen]
    return CALLS if stage in AFTER_A_CALL else f"stage: {stage}"
