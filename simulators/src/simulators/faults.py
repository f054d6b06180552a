"""Fault switches: the faults to inject, by system, with how often they still occur."""

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from kit.db import Database
from kit.errors import NotFound
from simulators.tables import Base

_ANSWERS: Final = {
    "slow": "Trả lời chậm",
    "error_500": "Trả lỗi 500, không làm gì",
    "timeout_after_effect": "Đã làm nhưng câu trả lời bị mất",
}
_CALLBACKS: Final = {
    "duplicate_callback": "Gửi thông báo hai lần",
    "out_of_order_callback": "Thông báo đến sau thông báo kế tiếp",
    "wrong_signature": "Chữ ký sai",
    "lost_callback": "Thông báo bị mất",
}
NAMES: Final[dict[str, dict[str, str]]] = {
    "payment": _ANSWERS
    | _CALLBACKS
    | {
        "late_success": "Ngân hàng báo thành công trễ",
        "wrong_amount": "Ngân hàng thu số tiền khác với số đã yêu cầu",
        "slow_refund": "Ngân hàng hoàn tiền chậm (mã 05)",
        "refuse_refund": "Ngân hàng từ chối hoàn tiền (mã 09)",
        "refund_code": "VNPay trả mã lỗi (99 hoặc mã khác) cho yêu cầu hoàn tiền, không làm gì",
    },
    "carrier": _ANSWERS
    | _CALLBACKS
    | {
        "unknown_status": "Trạng thái lạ trong thông báo",
        "silent_cash": "Báo đã giao mà không nói đã thu bao nhiêu tiền",
        "refuse_order": "Từ chối nhận đơn (mã 400)",
    },
    "ekyc": _ANSWERS | {"registry_down": "Không tra được cơ sở dữ liệu quốc gia"},
    "msale": _ANSWERS
    | _CALLBACKS
    | {
        "refuse": "mSale từ chối sau khi đã xác nhận",
        "wrong_officer": "Kết quả mang tên người đấu nối khác",
        "odd_esim_code": "Mã kích hoạt eSIM viết khác lạ",
    },
    "partner": {name: _ANSWERS[name] for name in ("slow", "error_500")},
    "crm": {name: _ANSWERS[name] for name in ("slow", "error_500")},
    "sms": _ANSWERS,
    "mail": _ANSWERS,
}


class FaultRow(Base):
    """A switch as it was last set."""

    __tablename__ = "faults"

    system: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    on: Mapped[bool]
    times_left: Mapped[int | None]
    delay_seconds: Mapped[float | None]
    value: Mapped[str | None]


@dataclass(frozen=True)
class Fault:
    """A switch: on or off, for how many times, with what delay or word."""

    system: str
    name: str
    on: bool = False
    times_left: int | None = None
    delay_seconds: float | None = None
    value: str | None = None

    @property
    def says(self) -> str:
        """The effect of the switch, in words for people."""
        return NAMES[self.system][self.name]

    def delay(self, usual: float) -> float:
        """Return how long to wait."""
        return usual if self.delay_seconds is None else self.delay_seconds

    def used(self) -> "Fault":
        """Return the switch after it has done its harm once."""
        if self.times_left is None:
            return self
        return replace(self, times_left=self.times_left - 1, on=self.times_left > 1)


@dataclass(eq=False)
class NoSuchFault(NotFound):
    """This system cannot go wrong in that way."""

    system: str
    name: str


class Faults:
    """All switches. They live in memory, so that looking costs nothing, and are kept on disk."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._switches = {
            (system, name): Fault(system, name) for system, names in NAMES.items() for name in names
        }
        self._writing = asyncio.Lock()
        self._writes: set[asyncio.Task[None]] = set()

    async def load(self) -> None:
        """Take up the switches as they were left."""
        async with self._db.transaction() as tx:
            for row in await tx.scalars(select(FaultRow)):
                if (row.system, row.name) in self._switches:
                    self._switches[row.system, row.name] = Fault(
                        row.system, row.name, row.on, row.times_left, row.delay_seconds, row.value
                    )

    def all(self, system: str | None = None) -> list[Fault]:
        """Return every switch, or those of one system."""
        return [fault for fault in self._switches.values() if system in (None, fault.system)]

    def take(self, system: str, name: str) -> Fault | None:
        """Return the fault if it is on, and count it."""
        fault = self._switches.get((system, name))
        if fault is None or not fault.on:
            return None
        self._switches[system, name] = fault.used()
        if fault.times_left is not None:
            write = asyncio.create_task(self._write(system, name))
            self._writes.add(write)
            write.add_done_callback(self._writes.discard)
        return fault

    async def switch(self, fault: Fault) -> None:
        """Set a switch."""
        if (fault.system, fault.name) not in self._switches:
            raise NoSuchFault(fault.system, fault.name)
        self._switches[fault.system, fault.name] = fault
        await self._write(fault.system, fault.name)

    async def clear(self) -> None:
        """Turn everything off."""
        for system, name in self._switches:
            self._switches[system, name] = Fault(system, name)
        async with self._writing, self._db.transaction() as tx:
            await tx.execute(delete(FaultRow))

    async def close(self) -> None:
        """Finish writing."""
        await asyncio.gather(*self._writes, return_exceptions=True)

    async def _write(self, system: str, name: str) -> None:
        # In turns, and what is true now rather than then: the last write is the latest state.
        async with self._writing, self._db.transaction() as tx:
            fault = self._switches[system, name]
            state = {
                "on": fault.on,
                "times_left": fault.times_left,
                "delay_seconds": fault.delay_seconds,
                "value": fault.value,
            }
            add = insert(FaultRow).values(system=system, name=name, **state)
            await tx.execute(
                add.on_conflict_do_update(index_elements=["system", "name"], set_=state)
            )
