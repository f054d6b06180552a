"""Check and call are the newest ones, in every order of hearing them (K01, decision 0024)."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from activation.activations.domain import Check, Proofs
from activation.activations.states import CallStatus, CheckStatus

DAY: Final = datetime(2026, 11, 22, tzinfo=UTC)
SESSION, AGENT = UUID(int=1), UUID(int=9)
FIRST_CALL, SECOND_CALL = UUID(int=100), UUID(int=200)
Said = tuple[str, int, UUID | None, int | None]
"""A word, when it was said, about which call, about which attempt."""

STORY: Final[list[Said]] = [
    ("DRAFT", 0, None, None),
    ("KYC_CHECKING", 1, None, 1),
    ("KYC_PASSED", 2, None, 1),
    ("VIDEO_WAITING", 3, FIRST_CALL, None),
    ("VIDEO_IN_CALL", 4, FIRST_CALL, None),
    ("VIDEO_APPROVED", 5, FIRST_CALL, 1),
    ("VIDEO_REVOKED", 6, FIRST_CALL, None),
    ("KYC_CHECKING", 7, None, 2),
    ("NEEDS_REVIEW", 8, None, 2),
    ("KYC_PASSED", 9, None, 2),
    ("VIDEO_WAITING", 10, SECOND_CALL, None),
    ("VIDEO_IN_CALL", 11, SECOND_CALL, None),
    ("VIDEO_WAITING", 12, SECOND_CALL, None),
    ("VIDEO_IN_CALL", 13, SECOND_CALL, None),
    ("VIDEO_APPROVED", 14, SECOND_CALL, 2),
]
"""Person 1 passes, is approved and revoked; person 2 passes after a review and is approved."""

END: Final[list[Said]] = [("VIDEO_REVOKED", 15, SECOND_CALL, None), ("KYC_CHECKING", 15, None, 3)]
"""The two ends of an approval: it is taken back, or another attempt begins."""


def heard(said: list[Said]) -> Proofs:
    proofs = Proofs()
    for word, hour, call_id, attempt in said:
        at, check = DAY + timedelta(hours=hour), Check(SESSION, attempt) if attempt else None
        if call_id:
            agent = AGENT if word == "VIDEO_APPROVED" else None
            proofs.heard_call(CallStatus(word), at=at, call_id=call_id, agent_id=agent, check=check)
        else:
            proofs.heard_kyc(CheckStatus(word), at=at, check=check)
    return proofs


@settings(max_examples=2_000, deadline=None)
@given(st.permutations(STORY * 2))
def test_the_newest_check_and_the_call_about_it_are_found_in_any_order(said: list[Said]) -> None:
    proofs = heard(said)

    assert (proofs.checked, proofs.approved, proofs.agent_id) == (True, True, AGENT)
    assert (proofs.check, proofs.call_id) == (Check(SESSION, 2), SECOND_CALL)


@settings(max_examples=2_000, deadline=None)
@given(st.sampled_from(END).flatmap(lambda end: st.permutations([*STORY, end, end])))
def test_what_ends_an_approval_ends_it_whenever_it_is_heard(said: list[Said]) -> None:
    assert not heard(said).approved


@settings(max_examples=500, deadline=None)
@given(st.permutations([one for one in STORY if one != STORY[-1]]))
def test_an_approval_of_another_attempt_never_counts(said: list[Said]) -> None:
    """Person 1's call was approved; person 2 has passed, and nobody has approved that."""
    assert not heard(said).approved
