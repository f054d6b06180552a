"""The eSIM after the connection: issued, installed, or in need of help (F5b.13-F5b.20, G29)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from activation.activations.domain.journey import Journey
from activation.activations.states import ActivationClosed, Stage
from events import EsimInstalled, EsimInstallFailed, EsimProfileIssued


@dataclass(kw_only=True, eq=False)
class Installing(Journey):
    """The steps from a connected eSIM to a profile on the customer's phone."""

    def issue(self, profile_id: UUID, *, now: datetime) -> EsimProfileIssued:
        """Note that a profile waits for the customer's phone (F5b.13)."""
        self.move_to(Stage.ESIM_QR_SENT)
        self.profile_id = profile_id
        self.reason_code = None
        return EsimProfileIssued(occurred_at=now, hold_id=self.hold_id, profile_id=profile_id)

    def wait_for_code(self) -> None:
        """Note that no code is there that a phone could use: the next one may be."""
        self.stage = Stage.ESIM_INSTALL_FAILED
        self.profile_id, self.reason_code = None, "CODE_UNUSABLE"

    def installed(self, heard_from: Literal["CUSTOMER", "SMDP"], *, now: datetime) -> EsimInstalled:
        """Finish: the profile is on the phone (F5b.15, F5b.16, G30)."""
        profile_id = self._waiting_profile()
        self.move_to(Stage.ACTIVATED)
        return EsimInstalled(
            occurred_at=now, hold_id=self.hold_id, profile_id=profile_id, heard_from=heard_from
        )

    def install_failed(self, reason_code: str, *, now: datetime) -> EsimInstallFailed:
        """Note a failed scan (F5b.17): the subscriber stays connected and gets help."""
        profile_id = self._waiting_profile()
        self.move_to(Stage.ESIM_INSTALL_FAILED)
        self.reason_code = reason_code
        return EsimInstallFailed(
            occurred_at=now, hold_id=self.hold_id, profile_id=profile_id, reason_code=reason_code
        )

    def _waiting_profile(self) -> UUID:
        if self.profile_id is None:
            raise ActivationClosed(self.hold_id, self.stage)
        return self.profile_id
