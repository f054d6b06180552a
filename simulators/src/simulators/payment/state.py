"""Payments and refunds as the gateway knows them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import BigInteger, Identity, select
from sqlalchemy.orm import Mapped, mapped_column

from kit import clock
from kit.db import Tx
from simulators.chores import Chore, Tried
from simulators.payment import protocol
from simulators.tables import Base, once
from simulators.world import World

SETTLE: Final = "payment.settle"
_LATE_SECONDS: Final = 5.0
_MORE_VND: Final = 1_000


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
    if choice is Choice.SUCCEED and world.faults.take("payment", "wrong_amount"):
        payment.amount_vnd += _MORE_VND
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
