"""The label of a parcel: serial, hold code and what to do with them (P2.3)."""

from html import escape
from importlib.resources import files
from string import Template
from uuid import UUID

from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from shipping.domain import NotPacked
from shipping.shipments.queries import StaffShipmentDetail, detail_for_staff
from values import hold_codes, phones


async def label(tx: Tx, shipment_id: UUID, who: Caller, sealer: Sealer) -> str:
    """Write the label of a packed shipment as a page to print."""
    shipment = await detail_for_staff(tx, shipment_id, who, sealer)
    if shipment.sim_serial is None:
        raise NotPacked(shipment.shipment_id)
    return _page().substitute({name: escape(text) for name, text in _texts(shipment).items()})


def _texts(shipment: StaffShipmentDetail) -> dict[str, str]:
    address = shipment.address
    due = shipment.cod_due_vnd
    return {
        "hold_code": hold_codes.in_groups(shipment.hold_code or ""),
        "sim_serial": shipment.sim_serial or "",
        "tracking_code": shipment.tracking_code or "",
        "recipient": address.recipient if address else "",
        "phone": phones.in_groups(address.phone) if address else "",
        "street": f"{address.street}, {address.ward}, {address.province}" if address else "",
        "money": f"Thu hộ: {due:,} đ".replace(",", ".") if due else "Đã thanh toán",
    }


def _page() -> Template:
    return Template(files("shipping").joinpath("data", "label.html").read_text(encoding="utf-8"))
