"""A session: one customer proving who they are for one hold."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from events import ActivationStarted, KycFailed, KycNeedsReview, KycPassed, KycSubmitted
from events.ids import uuid7
from kyc.declarations.domain import DocumentKind
from kyc.reasons.domain import OTHER, QUOTA, STALE, TOO_MANY, Repeat, repeat_for
from kyc.sessions.states import (
    EDITABLE,
    IMAGES,
    NEXT,
    Failures,
    Fields,
    Incomplete,
    Limits,
    SessionMoved,
    Status,
    TooManyAttempts,
)


@dataclass(kw_only=True, eq=False)
class Session:
    """A proof of identity under way. Each method returns the fact it made true."""

    id: UUID = field(default_factory=uuid7)
    hold_id: UUID
    status: Status = Status.DRAFT
    opened_at: datetime
    attempt: int = 0
    failures_in_a_row: int = 0
    declaration: bytes | None = None
    """Sealed."""
    id_index: str | None = None
    """Finds the same document again without being readable (LAW02)."""
    document_kind: DocumentKind | None = None
    verdict: Fields = field(default_factory=dict)
    reason_codes: list[str] = field(default_factory=list)
    repeat: Repeat | None = None
    passed_at: datetime | None = None
    reviewed_by: UUID | None = None

    @classmethod
    def open(
        cls, hold_id: UUID, customer_id: UUID, *, earlier: int, now: datetime
    ) -> tuple[Self, ActivationStarted]:
        """Begin the activation (F5a.3, F5b.2); attempts count on from the hold's last session."""
        session = cls(hold_id=hold_id, opened_at=now, attempt=earlier)
        return session, ActivationStarted(
            occurred_at=now, hold_id=hold_id, session_id=session.id, customer_id=customer_id
        )

    def declare(self, sealed: bytes, *, id_index: str, document_kind: DocumentKind) -> None:
        """Keep what the customer typed (F5a.4)."""
        self._check_editable()
        self.declaration, self.id_index, self.document_kind = sealed, id_index, document_kind

    def take_picture(self) -> None:
        """Allow a new picture as long as the last ones are not being checked (F5a.5)."""
        self._check_editable()

    def missing(self, pictures: set[str]) -> list[str]:
        """Return what the customer has still to give."""
        nothing_said = ["DECLARATION"] if self.declaration is None else []
        return nothing_said + [kind for kind in IMAGES if kind not in pictures]

    def check_complete(self, pictures: set[str]) -> None:
        """Refuse to send what is under examination, or not all there."""
        self._check_editable()
        if missing := self.missing(pictures):
            raise Incomplete(tuple(missing))

    def submit(self, failures: Failures, *, limits: Limits, now: datetime) -> KycSubmitted:
        """Send everything to mobi eKYC (F5a.6)."""
        if not failures.left(limits):
            raise TooManyAttempts
        self._move_to(Status.KYC_CHECKING)
        self.attempt += 1
        self.reason_codes, self.repeat, self.verdict, self.reviewed_by = [], None, {}, None
        return KycSubmitted(
            occurred_at=now, hold_id=self.hold_id, session_id=self.id, attempt=self.attempt
        )

    def pass_check(self, fields: Fields, *, call_always: bool, now: datetime) -> KycPassed:
        """Believe the customer; a doubtful face makes the call obligatory (F5a.7 TH2)."""
        self._move_to(Status.KYC_PASSED)
        self.verdict, self.passed_at, self.failures_in_a_row = fields, now, 0
        self.reason_codes, self.repeat = [], None
        return KycPassed(
            occurred_at=now,
            hold_id=self.hold_id,
            session_id=self.id,
            attempt=self.attempt,
            document_kind=self.document_kind or "CC",
            id_number=fields["id_number"],
            full_name=fields["full_name"],
            date_of_birth=fields["date_of_birth"],
            face=fields["face"],
            call_required=call_always
            or fields["face"] != "PASS"
            or self.document_kind == "CCCD_NOCHIP",
        )

    def fail_check(
        self,
        fields: Fields,
        reasons: tuple[str, ...],
        before: Failures,
        *,
        limits: Limits,
        now: datetime,
    ) -> KycFailed | KycNeedsReview:
        """Send the customer back to the step the reasons name (F5a.7 TH1), or to a person."""
        self.verdict = fields
        self.failures_in_a_row += 1
        failures = before.and_one_more()
        if failures.today >= limits.a_day:
            return self._fail((*reasons, TOO_MANY), "STORE", left=0, now=now)
        if failures.in_a_row >= limits.in_a_row:
            return self.need_review(fields, reasons, now=now)
        return self._fail(reasons, repeat_for(reasons), left=failures.left(limits), now=now)

    def exceed_quota(self, *, left: int, now: datetime) -> KycFailed:
        """Refuse a fourth number on one document online; it costs no attempt (LAW02, LAW03)."""
        return self._fail((QUOTA,), "STORE", left=left, now=now)

    def need_review(
        self, fields: Fields, reasons: tuple[str, ...], *, now: datetime
    ) -> KycNeedsReview:
        """Leave it to an officer."""
        self._move_to(Status.NEEDS_REVIEW)
        self.verdict, self.reason_codes, self.repeat = fields, list(reasons), None
        return KycNeedsReview(
            occurred_at=now,
            hold_id=self.hold_id,
            session_id=self.id,
            attempt=self.attempt,
            reason_codes=reasons,
        )

    def begin_anew(self, reviewer_id: UUID) -> None:
        """Note that a person looked at the case: attempts in a row start again."""
        self.reviewed_by, self.failures_in_a_row = reviewer_id, 0

    def refuse_after_review(self, reason: str, *, left: int, now: datetime) -> KycFailed:
        """Record a person's no."""
        return self._fail((reason,), repeat_for((reason,)), left=left, now=now)

    @property
    def sent_to_store(self) -> bool:
        """Tell whether the customer was told that only a store can help."""
        return self.status is Status.KYC_FAILED and self.repeat == "STORE"

    @property
    def waits_for_person(self) -> bool:
        """Tell whether a reviewer or a store has to decide."""
        return self.status is Status.NEEDS_REVIEW or self.sent_to_store

    def try_again(self, repeat: Repeat, *, left: int, now: datetime) -> KycFailed:
        """Let a customer who was sent to a store try again online, at the step a person names."""
        if not self.sent_to_store:
            raise SessionMoved(self.id, self.status)
        reasons = tuple(code for code in self.reason_codes if repeat_for((code,)) != "STORE")
        return self._failed(reasons or (OTHER,), repeat, left=left, now=now)

    def return_to_sent(
        self, sealed: bytes, *, id_index: str | None, document_kind: DocumentKind | None
    ) -> None:
        """Forget the draft after the newest attempt: a person decides about what was sent."""
        self.declaration, self.id_index, self.document_kind = sealed, id_index, document_kind

    def reopen(self, repeat: Repeat, reason: str, *, said_at: datetime) -> None:
        """Go back to a step a later one found fault with, keeping what is still valid (G32)."""
        if not self._passed_after(said_at):
            self.reopen_attempt(self.attempt, repeat, reason)

    def reopen_attempt(self, attempt: int, repeat: Repeat, reason: str) -> None:
        """Go back for fault found with one attempt; a newer one is not touched by it."""
        if self.status is Status.KYC_PASSED and self.attempt == attempt:
            self._move_to(Status.DRAFT)
            self.reason_codes, self.repeat = [reason], repeat

    def reopen_if_stale(self, *, now: datetime, fresh_for: timedelta) -> None:
        """Let a customer whose check is too old for the call take their portrait again."""
        if self.passed_at is not None and self.passed_at + fresh_for <= now:
            self.reopen("PHOTO", STALE, said_at=now)

    def close(self) -> None:
        """End with the hold."""
        if self.status is not Status.CLOSED:
            self._move_to(Status.CLOSED)

    def _fail(
        self, reasons: tuple[str, ...], repeat: Repeat, *, left: int, now: datetime
    ) -> KycFailed:
        self._move_to(Status.KYC_FAILED)
        return self._failed(reasons, repeat, left=left, now=now)

    def _failed(
        self, reasons: tuple[str, ...], repeat: Repeat, *, left: int, now: datetime
    ) -> KycFailed:
        self.reason_codes, self.repeat = list(reasons), repeat
        return KycFailed(
            occurred_at=now,
            hold_id=self.hold_id,
            session_id=self.id,
            attempt=self.attempt,
            reason_codes=reasons,
            repeat=repeat,
            attempts_left=left,
        )

    def _passed_after(self, moment: datetime) -> bool:
        return self.passed_at is not None and self.passed_at > moment

    def _check_editable(self) -> None:
        if self.status not in EDITABLE:
            raise SessionMoved(self.id, self.status)

    def _move_to(self, status: Status) -> None:
        if status not in NEXT[self.status]:
            raise SessionMoved(self.id, self.status)
        self.status = status
