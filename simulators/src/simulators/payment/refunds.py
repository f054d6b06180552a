"""Refunds as VNPay documents them: taken on, sent to the customer's bank, settled or refused."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, Identity, func, select
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit.db import Tx
from simulators.payment import protocol
from simulators.payment.store import Payment, State
from simulators.simulation import Simulation
from simulators.tables import Base, once
from simulators.tasks import Attempt, Task

BOOK: Final = "payment.book_refund"
_USUAL_SECONDS: Final = 1.0
_SLOW_SECONDS: Final = 3600.0


class Refund(Base):
    """Money given back, once per request of the merchant."""

    __tablename__ = "refunds"

    id: Mapped[str] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(unique=True)
    transaction_no: Mapped[int] = mapped_column(BigInteger, index=True)
    txn_ref: Mapped[str]
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class Status(StrEnum):
    """vnp_TransactionStatus of a refund."""

    TAKEN_ON = "05"
    AT_BANK = "06"
    SETTLED = "00"
    REFUSED = "09"


class Booking(Base):
    """The progress of a refund at the customer's bank, under VNPay's own number of it."""

    __tablename__ = "refund_bookings"

    number: Mapped[int] = mapped_column(BigInteger, Identity(start=24_000_001), primary_key=True)
    refund_id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]


async def refund(
    simulation: Simulation, tx: Tx, payment: Payment, asked: Mapping[str, str], *, now: datetime
) -> str:
    """Take a refund on; return VNPay's response code. What was asked for before is code 94."""
    if (fault := simulation.faults.take("payment", "refund_code")) is not None:
        return fault.value or "99"
    if payment.state != State.PAID:
        return "95"
    before = select(Refund).where(Refund.request_id == asked["vnp_RequestId"])
    given_back = await refunded_vnd(tx, payment)
    if given_back >= payment.amount_vnd or (await tx.scalars(before)).one_or_none():
        return "94"
    amount_vnd = int(asked["vnp_Amount"]) // protocol.HUNDREDTHS
    fits = {"02": amount_vnd == payment.amount_vnd, "03": amount_vnd > 0}
    if given_back + amount_vnd > payment.amount_vnd or not fits[asked["vnp_TransactionType"]]:
        return "03"
    made, _ = await once(
        tx,
        Refund,
        {"request_id": asked["vnp_RequestId"]},
        id=str(uuid7()),
        transaction_no=payment.transaction_no,
        txn_ref=payment.txn_ref,
        amount_vnd=amount_vnd,
        type=asked["vnp_TransactionType"],
        created_by=asked["vnp_CreateBy"],
        created_at=now,
    )
    if made.txn_ref != payment.txn_ref:
        return "94"
    slow = simulation.faults.take("payment", "slow_refund")
    refused = simulation.faults.take("payment", "refuse_refund")
    await once(tx, Booking, {"refund_id": made.id}, status=Status.TAKEN_ON)
    simulation.tasks.add(
        tx,
        BOOK,
        lane=f"{BOOK}:{made.id}",
        payload={"refund_id": made.id, "status": Status.REFUSED if refused else Status.SETTLED},
        after_seconds=slow.delay(_SLOW_SECONDS) if slow else _USUAL_SECONDS,
    )
    return "00"


async def book(simulation: Simulation, task: Task) -> Attempt:
    """Take the answer of the customer's bank: the refund is booked, or refused."""
    async with simulation.transaction() as tx:
        query = select(Booking).where(Booking.refund_id == task.payload["refund_id"])
        if (booking := (await tx.scalars(query.with_for_update())).one_or_none()) is not None:
            booking.status = task.payload["status"]
    return Attempt(done=True)


async def latest_of(tx: Tx, payment: Payment, number: str) -> dict[str, str]:
    """Return what a query says of the refund by a number, or of the latest; nothing if none."""
    query = (
        select(Refund, Booking)
        .outerjoin(Booking, Booking.refund_id == Refund.id)
        .where(Refund.transaction_no == payment.transaction_no)
    )
    if number and number != str(payment.transaction_no):
        query = query.where(Booking.number == int(number))
    elif number:
        return {}
    row = (await tx.execute(query.order_by(Refund.created_at.desc()).limit(1))).one_or_none()
    if row is None:
        return {}
    given_back: Refund = row[0]
    booking: Booking | None = row[1]  # none: of a simulator before banks took their time
    return {
        "vnp_Amount": str(given_back.amount_vnd * protocol.HUNDREDTHS),
        "vnp_PayDate": protocol.stamp(given_back.created_at),
        "vnp_TransactionNo": str(booking.number if booking else given_back.transaction_no),
        "vnp_TransactionStatus": booking.status if booking else Status.SETTLED,
        "vnp_TransactionType": given_back.type,
    }


async def refunded_vnd(tx: Tx, payment: Payment) -> int:
    """Return how much of a payment was given back, or is on its way."""
    amount = (
        select(func.coalesce(func.sum(Refund.amount_vnd), 0))
        .outerjoin(Booking, Booking.refund_id == Refund.id)
        .where(Refund.transaction_no == payment.transaction_no)
        .where(Booking.status.is_distinct_from(Status.REFUSED))
    )
    return int(await tx.scalar(amount) or 0)


async def latest(tx: Tx, limit: int) -> list[tuple[Payment, int]]:
    """Return payments, the latest first, with what was given back of each."""
    given_back = (
        select(func.coalesce(func.sum(Refund.amount_vnd), 0))
        .where(Refund.transaction_no == Payment.transaction_no)
        .scalar_subquery()
    )
    rows = select(Payment, given_back).order_by(Payment.transaction_no.desc()).limit(limit)
    return [(payment, int(amount)) for payment, amount in await tx.execute(rows)]


async def counts(tx: Tx, ref: str | None) -> dict[str, int]:
    """Count charges and refunds; `ref` begins their TxnRef or is the last word of OrderInfo."""
    charges: Any = select(func.count()).where(Payment.state == State.PAID)
    refunds: Any = select(func.count(Refund.id))
    if ref is not None:
        matches = Payment.txn_ref.startswith(ref, autoescape=True) | Payment.order_info.endswith(
            f" {ref}", autoescape=True
        )
        charges = charges.where(matches)
        refunds = refunds.where(
            Refund.transaction_no.in_(select(Payment.transaction_no).where(matches))
        )
    return {
        "charges": int(await tx.scalar(charges) or 0),
        "refunds": int(await tx.scalar(refunds) or 0),
    }
