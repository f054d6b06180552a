"""Members of staff: their roles, regions and shop."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from events import PasswordChanged, Region, StaffChanged
from events.ids import uuid7
from kit.errors import Conflict, Invalid, NotFound
from values.roles import StaffRole


class NoSuchStaff(NotFound):
    """There is no such member of staff."""


@dataclass(eq=False)
class UsernameTaken(Conflict):
    """Another member of staff has this user name."""

    username: str


@dataclass(eq=False)
class Dismissed(Conflict):
    """A member of staff of this name was dismissed: take them back by changing `active`."""

    username: str
    staff_id: UUID


class ShopMissing(Invalid):
    """Store staff work in a shop: say which."""


@dataclass(kw_only=True, eq=False)
class StaffMember:
    """A person who works for the operator. Each method returns its event."""

    id: UUID = field(default_factory=uuid7)
    username: str
    password_hash: str
    roles: list[StaffRole]
    regions: list[Region]
    """Empty for head office: all regions."""
    shop_code: str | None
    active: bool = True
    created_at: datetime
    changed_at: datetime
    """The newest change of duties; access tokens name it, so that older ones are told apart."""

    def __post_init__(self) -> None:
        self._check()

    def changed(self) -> StaffChanged:
        """Return the event that tells the duties from now on."""
        return StaffChanged(
            occurred_at=self.changed_at,
            subject_id=self.id,
            roles=tuple(self.roles),
            regions=tuple(self.regions),
            active=self.active,
        )

    def assign(
        self,
        *,
        roles: list[StaffRole] | None,
        regions: list[Region] | None,
        shop_code: str | None,
        active: bool | None,
        now: datetime,
    ) -> StaffChanged | None:
        """Give other duties, or dismiss; there is no event when nothing changes."""
        before = self._duties()
        self.roles = self.roles if roles is None else roles
        self.regions = self.regions if regions is None else regions
        self.shop_code = self.shop_code if shop_code is None else shop_code
        self.active = self.active if active is None else active
        self._check()
        if self._duties() == before:
            return None
        self.changed_at = max(now, self.changed_at + timedelta(microseconds=1))
        return self.changed()

    def has_duties(
        self, roles: list[StaffRole], regions: list[Region], shop_code: str | None
    ) -> bool:
        """Tell whether these are this member's duties already."""
        return (sorted(roles), sorted(regions), shop_code) == self._duties()[:3]

    def change_password(self, password_hash: str, *, now: datetime) -> PasswordChanged:
        """Take another password."""
        self.password_hash = password_hash
        return PasswordChanged(occurred_at=now, subject_id=self.id, because="CHANGE")

    def _duties(self) -> tuple[object, ...]:
        return sorted(self.roles), sorted(self.regions), self.shop_code, self.active

    def _check(self) -> None:
        if "store_staff" in self.roles and not self.shop_code:
            raise ShopMissing
