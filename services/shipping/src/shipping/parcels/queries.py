"""Answers about parcels: a shipment with its address, and its label (P2.3)."""

from html import escape
from importlib.resources import files
from string import Template
from uuid import UUID

from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from shipping.deliveries.queries import Address, address_of
from shipping.shipments.queries import StaffShipment, row_for_staff
from shipping.shipments.states import NotPacked
from values import hold_codes, phones


class StaffShipmentDetail(StaffShipment):
    """One shipment with the address its parcel goes to."""

    address: Address | None


async def detail(tx: Tx, shipment_id: UUID, packer: Caller, sealer: Sealer) -> StaffShipmentDetail:
    """Return a shipment of the caller's regions with its address. Raises NoSuchShipment."""
    row = await row_for_staff(tx, shipment_id, packer)
    address = await address_of(tx, row["delivery_id"], sealer)
    return StaffShipmentDetail.model_validate(dict(row) | {"address": address})


async def label(tx: Tx, shipment_id: UUID, packer: Caller, sealer: Sealer) -> str:
    """Return the label of a packed shipment as a page to print. Raises NotPacked."""
    shipment = await detail(tx, shipment_id, packer, sealer)
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
