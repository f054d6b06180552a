"""Payments and refunds as the gateway knows them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import BigInteger, Identity, select
from sqlalchemy.orm import Mapped, mapped_column

from kit import clock
from kit.db import Tx
from simulators.payment import protocol
from simulators.simulation import Simulation
from simulators.tables import Base, once
from simulators.tasks import Attempt, Task

SETTLE: Final = "payment.settle"
_LATE_SECONDS: Final = 5.0
_MORE_VND: Final = 1_000


class State(StrEnum):
    """The state of a payment."""

    PENDING = "PENDING"
    AT_BANK = "AT_BANK"  # the customer has paid, the bank has not said so yet
    PAID = "PAID"
    FAILED = "FAILED"


class Choice(StrEnum):
    """The customer's choice on the payment page."""

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
    query = select(Payment).where(Payment.txn_ref == txn_ref).with_for_update()
    return (await tx.scalars(query)).one_or_none()


async def decide(
    simulation: Simulation, tx: Tx, payment: Payment, choice: Choice, *, now: datetime
) -> Task | None:
    """Do what the customer chose, once; return the callback that tells the merchant."""
    if not payment.is_open:
        return None
    if now >= payment.expires_at:
        return await _settle(simulation, tx, payment, EXPIRED, now=now)
    if choice is Choice.SUCCEED and simulation.faults.take("payment", "wrong_amount"):
        payment.amount_vnd += _MORE_VND
    late = simulation.faults.take("payment", "late_success") if choice is Choice.SUCCEED else None
    if late is None:
        return await _settle(simulation, tx, payment, RESPONSE_CODE[choice], now=now)
    payment.state = State.AT_BANK
    simulation.tasks.add(
        tx,
        SETTLE,
        lane=f"{SETTLE}:{payment.txn_ref}",
        payload={"txn_ref": payment.txn_ref},
        after_seconds=late.delay(_LATE_SECONDS),
    )
    return None


async def settle_late(simulation: Simulation, task: Task) -> Attempt:
    """Take the bank's late answer: the payment succeeded."""
    async with simulation.transaction() as tx:
        payment = await find(tx, task.payload["txn_ref"])
        if payment is not None and payment.state == State.AT_BANK:
            await _settle(simulation, tx, payment, "00", now=clock.now())
    return Attempt(done=True)


async def _settle(
    simulation: Simulation, tx: Tx, payment: Payment, code: str, *, now: datetime
) -> Task | None:
    payment.state = State.PAID if code == "00" else State.FAILED
    payment.response_code = code
    payment.settled_at = now
    return await simulation.callbacks.queue(
        tx,
        "vnpay_ipn",
        payment.txn_ref,
        result(simulation.settings.vnpay_tmn_code, payment, now=now),
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
