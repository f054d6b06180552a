"""An electronic invoice: the goods sold, with the VAT in each price split off (SB.3.4, G35)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self
from uuid import UUID

from events import InvoiceIssued
from events.ids import uuid7
from order.quotes.domain import Line, Promotion

CONSUMER: Final = "Bán cho người tiêu dùng"
GOODS, PROMOTIONAL = 1, 2


def without_vat(gross_vnd: int, vat_percent: int) -> int:
    """Return the part of a price that is not VAT, rounded half up to whole đồng."""
    return (gross_vnd * 200 + 100 + vat_percent) // (2 * (100 + vat_percent))


def invoice_lines(
    lines: Iterable[Line], promotion: Promotion | None, vat_percent: int
) -> list[dict[str, Any]]:
    """Split each line; a promotional package is a line of its own at nothing."""
    split: list[dict[str, Any]] = []
    for line in lines:
        net = without_vat(line.amount_vnd, vat_percent)
        split.append(
            {
                "kind": GOODS,
                "code": line.code,
                "text": line.text_vi,
                "net_vnd": net,
                "vat_percent": vat_percent,
                "vat_vnd": line.amount_vnd - net,
                "total_vnd": line.amount_vnd,
            }
        )
    if promotion and promotion.package_code:
        free = {"net_vnd": 0, "vat_percent": vat_percent, "vat_vnd": 0, "total_vnd": 0}
        text = f"Gói cước khuyến mại {promotion.package_code} ({promotion.code})"
        split.append({"kind": PROMOTIONAL, "code": promotion.package_code, "text": text} | free)
    return split


@dataclass(kw_only=True, eq=False)
class Invoice:
    """The one invoice of an order: lines, VAT and total in đồng."""

    id: UUID = field(default_factory=uuid7)
    order_id: UUID
    hold_id: UUID
    symbol: str
    serial: int | None = None
    lines: list[dict[str, Any]]
    net_vnd: int
    vat_vnd: int
    total_vnd: int
    issued_at: datetime

    @classmethod
    def issue(
        cls,
        order_id: UUID,
        hold_id: UUID,
        lines: list[dict[str, Any]],
        *,
        symbol: str,
        now: datetime,
    ) -> tuple[Self, InvoiceIssued]:
        """Invoice an order once its money is in."""
        invoice = cls(
            order_id=order_id,
            hold_id=hold_id,
            symbol=symbol,
            lines=lines,
            net_vnd=sum(line["net_vnd"] for line in lines),
            vat_vnd=sum(line["vat_vnd"] for line in lines),
            total_vnd=sum(line["total_vnd"] for line in lines),
            issued_at=now,
        )
        return invoice, InvoiceIssued(
            occurred_at=now,
            hold_id=hold_id,
            order_id=order_id,
            invoice_id=invoice.id,
            total_vnd=invoice.total_vnd,
        )
