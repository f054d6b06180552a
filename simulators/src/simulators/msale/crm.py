"""The subscribers of TC/QLKH (P4.2)."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Mapped, mapped_column

from simulators.tables import Base

ICCID_LENGTHS: Final = (19, 20)


class Subscriber(Base):
    """A number in TC/QLKH, one row for every time it was connected."""

    __tablename__ = "crm_subscribers"

    connection_id: Mapped[str] = mapped_column(primary_key=True)
    msisdn: Mapped[str] = mapped_column(index=True)
    id_number: Mapped[str] = mapped_column(index=True)
    sim_kind: Mapped[str]
    sim_serial: Mapped[str | None]
    iccid: Mapped[str | None]
    packages: Mapped[list[str]]
    subscriber: Mapped[dict[str, Any]]
    officer_id: Mapped[str]
    connected_at: Mapped[datetime]
