"""Payments and refunds as the gateway knows them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, Identity, func, select
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit import clock
from kit.db import Tx
from simulators.chores import Chore, Tried
from simulators.payment import protocol
from simulators.tables import Base, once
from simulators.world import World

SETTLE: Final = "payment.settle"
_LATE_SECONDS: Final = 5.0


class State(StrEnum):
    """Where a payment stands."""

    PENDING = "PENDING"
    AT_BANK = "AT_BANK"  # the customer has paid, the bank has not said so yet
    PAID = "PAID"
    FAILED = "FAILED"


class Choice(StrEnum):
    """What the customer does on the payment page."""

    SUCCEED = "SUCCEED"
    CANCEL = "CANCEL"
    NO_FUNDS = "NO_FUNDS"


RESPONSE_CODE: Final = {Choice.SUCCEED: "00", Choice.CANCEL: "24", Choice.NO_FUNDS: "51"}
EXPIRED: Final = "11"
UNFINISHED: Final = "99"


class Payment(Base):
    """One attempt to pay; `txn_ref` is the merchant's own number for it."""

    __tablename__ = "payments"

    transaction_no: Mapped[int] = mapped_column(
        BigInteger, Identity(start=14_000_001), primary_key=True
    )
    txn_ref: Mapped[str] = mapped_column(unique=True)
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    order_info: Mapped[str]
    return_url: Mapped[str]
    create_date: Mapped[str]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    state: Mapped[str]
    response_code: Mapped[str]
    settled_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Tell whether the customer can still do something."""
        return self.state == State.PENDING

    def status(self, now: datetime) -> str:
        """Return vnp_TransactionStatus: done, not finished, or failed for good."""
        if self.state == State.PAID:
            return "00"
        if self.state == State.AT_BANK or (self.is_open and now < self.expires_at):
            return "01"
        return "02"


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


async def open_payment(tx: Tx, params: Mapping[str, str], *, now: datetime) -> Payment | None:
    """Open the payment an address asks for; nothing if its TxnRef has been used for another."""
    expires_at = protocol.moment(params["vnp_ExpireDate"])
    assert expires_at is not None
    asked = {
        "amount_vnd": int(params["vnp_Amount"]) // protocol.HUNDREDTHS,
        "order_info": params["vnp_OrderInfo"],
        "create_date": params["vnp_CreateDate"],
    }
    payment, _ = await once(
        tx,
        Payment,
        {"txn_ref": params["vnp_TxnRef"]},
        return_url=params["vnp_ReturnUrl"],
        expires_at=expires_at,
        opened_at=now,
        state=State.PENDING,
        response_code="",
        **asked,
    )
    is_the_same = all(getattr(payment, name) == value for name, value in asked.items())
    return payment if is_the_same else None


async def find(tx: Tx, txn_ref: str) -> Payment | None:
    """Return a payment, locked."""
    found = select(Payment).where(Payment.txn_ref == txn_ref).with_for_update()
    return (await tx.scalars(found)).one_or_none()


async def decide(
    world: World, tx: Tx, payment: Payment, choice: Choice, *, now: datetime
) -> Chore | None:
    """Do what the customer chose, once; return the callback that tells the merchant."""
    if not payment.is_open:
        return None
    if now >= payment.expires_at:
        return await _settle(world, tx, payment, EXPIRED, now=now)
    late = world.faults.take("payment", "late_success") if choice is Choice.SUCCEED else None
    if late is None:
        return await _settle(world, tx, payment, RESPONSE_CODE[choice], now=now)
    payment.state = State.AT_BANK
    world.chores.add(
        tx,
        SETTLE,
        lane=f"{SETTLE}:{payment.txn_ref}",
        payload={"txn_ref": payment.txn_ref},
        after_seconds=late.delay(_LATE_SECONDS),
    )
    return None


async def settle_late(world: World, chore: Chore) -> Tried:
    """Hear from the bank at last: the money is there."""
    async with world.transaction() as tx:
        payment = await find(tx, chore.payload["txn_ref"])
        if payment is not None and payment.state == State.AT_BANK:
            await _settle(world, tx, payment, "00", now=clock.now())
    return Tried(done=True)


async def _settle(
    world: World, tx: Tx, payment: Payment, code: str, *, now: datetime
) -> Chore | None:
    payment.state = State.PAID if code == "00" else State.FAILED
    payment.response_code = code
    payment.settled_at = now
    return await world.callbacks.queue(
        tx, "vnpay_ipn", payment.txn_ref, result(world.settings.vnpay_tmn_code, payment, now=now)
    )


def result(tmn_code: str, payment: Payment, *, now: datetime) -> dict[str, str]:
    """Return what VNPay tells the merchant about a payment, by IPN and by return address."""
    paid = payment.state == State.PAID
    return {
        "vnp_TmnCode": tmn_code,
        "vnp_Amount": str(payment.amount_vnd * protocol.HUNDREDTHS),
        "vnp_BankCode": "NCB",
        "vnp_BankTranNo": f"VNP{payment.transaction_no}" if paid else "",
        "vnp_CardType": "ATM",
        "vnp_PayDate": protocol.stamp(payment.settled_at or now),
        "vnp_OrderInfo": payment.order_info,
        "vnp_TransactionNo": str(payment.transaction_no) if paid else "0",
        "vnp_ResponseCode": payment.response_code or UNFINISHED,
        "vnp_TransactionStatus": payment.status(now),
        "vnp_TxnRef": payment.txn_ref,
    }


async def refund(
    tx: Tx, payment: Payment, asked: Mapping[str, str], *, now: datetime
) -> tuple[str, Refund | None]:
    """Give money back; return VNPay's response code. The same request is carried out once."""
    before = select(Refund).where(Refund.request_id == asked["vnp_RequestId"])
    if (done := (await tx.scalars(before)).one_or_none()) is not None:
        return ("00", done) if done.txn_ref == payment.txn_ref else ("94", None)
    if payment.state != State.PAID:
        return "95", None
    given_back = await refunded_vnd(tx, payment)
    if given_back >= payment.amount_vnd:
        return "94", None
    amount_vnd = int(asked["vnp_Amount"]) // protocol.HUNDREDTHS
    fits = {"02": amount_vnd == payment.amount_vnd, "03": amount_vnd > 0}
    if given_back + amount_vnd > payment.amount_vnd or not fits[asked["vnp_TransactionType"]]:
        return "03", None
    refund_, _ = await once(
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
    return ("00", refund_) if refund_.txn_ref == payment.txn_ref else ("94", None)


async def refunded_vnd(tx: Tx, payment: Payment) -> int:
    """Return how much of a payment was given back."""
    amount = select(func.coalesce(func.sum(Refund.amount_vnd), 0))
    total = await tx.scalar(amount.where(Refund.transaction_no == payment.transaction_no))
    return int(total or 0)


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
        mine = Payment.txn_ref.startswith(ref, autoescape=True) | Payment.order_info.endswith(
            f" {ref}", autoescape=True
        )
        charges = charges.where(mine)
        refunds = refunds.where(
            Refund.transaction_no.in_(select(Payment.transaction_no).where(mine))
        )
    return {
        "charges": int(await tx.scalar(charges) or 0),
        "refunds": int(await tx.scalar(refunds) or 0),
    }
