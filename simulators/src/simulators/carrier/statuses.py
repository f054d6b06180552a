"""GHN's statuses, and what a shipper can report in which of them.

As GHN's documents have it: a parcel that could not be delivered waits for its return (a day, if the
contract says nothing else). Meanwhile the shop may have it delivered again, whereupon it is stored
and goes out as before ("Delivery Again"), or have it returned ("Return Order", from the store or
while it waits). It is back only when it is returned. An exception is outside of the usual course
and may end in any way; a parcel that was lost may be found.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

READY: Final = "ready_to_pick"
CANCELLED: Final = "cancel"
WAITING: Final = (READY, "picking", "money_collect_picking")
WAITING_TO_RETURN: Final = "waiting_to_return"
RETURN: Final = "return"
RETURNABLE: Final = ("storing", WAITING_TO_RETURN)
"""The statuses in which the shop may have a parcel sent back."""
_ON_THE_WAY: Final = (
    "picked",
    "storing",
    "transporting",
    "sorting",
    "delivering",
    "money_collect_delivering",
    "delivery_fail",
    "exception",
)
_UNDELIVERED: Final = (*_ON_THE_WAY, WAITING_TO_RETURN)
_GOING_BACK: Final = (
    RETURN,
    "return_transporting",
    "return_sorting",
    "returning",
    "return_fail",
)
_COLLECTED: Final = (*_UNDELIVERED, *_GOING_BACK)
_ANYWHERE: Final = (*WAITING, *_COLLECTED)
LABELS: Final = {
    READY: "Chờ lấy hàng",
    "picking": "Đang đi lấy hàng",
    "picked": "Đã lấy hàng",
    "storing": "Đang ở kho",
    "transporting": "Đang luân chuyển",
    "delivering": "Đang giao",
    "delivered": "Đã giao",
    "delivery_fail": "Giao không thành công",
    WAITING_TO_RETURN: "Chờ trả lại",
    RETURN: "Trả hàng",
    "return_transporting": "Đang luân chuyển hàng trả",
    "return_sorting": "Đang phân loại hàng trả",
    "returning": "Đang đi trả hàng",
    "return_fail": "Trả hàng không thành công",
    "exception": "Đơn hàng ngoại lệ",
    "returned": "Đã trả lại",
    "lost": "Thất lạc",
    "damage": "Hư hỏng",
    CANCELLED: "Đã hủy",
}


class Action(StrEnum):
    """An action that a shipper reports."""

    PICKING = "picking"
    PICKED = "picked"
    PICKUP_FAILED = "pickup_failed"
    STORING = "storing"
    TRANSPORTING = "transporting"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    REFUSED = "refused"
    RETURN = "return"
    RETURNING = "returning"
    RETURN_FAILED = "return_failed"
    RETURNED = "returned"
    EXCEPTION = "exception"
    LOST = "lost"
    FOUND = "found"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class Step:
    """A transition: the statuses that allow an action, the next status, and its label."""

    leads_to: str
    possible_in: tuple[str, ...]
    label: str
    reason: str = ""
    reason_code: str = ""


STEPS: Final[dict[Action, Step]] = {
    Action.PICKING: Step("picking", (READY,), "Đang đi lấy"),
    Action.PICKED: Step("picked", WAITING, "Đã lấy hàng"),
    Action.PICKUP_FAILED: Step(
        READY, WAITING, "Không lấy được", "Người gửi hẹn lại ngày lấy hàng", "GHN-PFA1A0"
    ),
    Action.STORING: Step("storing", _UNDELIVERED, "Nhập kho, giao lại"),
    Action.TRANSPORTING: Step("transporting", _ON_THE_WAY, "Luân chuyển"),
    Action.DELIVERING: Step("delivering", _ON_THE_WAY, "Đang giao"),
    Action.DELIVERED: Step("delivered", _UNDELIVERED, "Đã giao"),
    Action.DELIVERY_FAILED: Step(
        "delivery_fail", _ON_THE_WAY, "Giao hụt", "Người nhận không nghe máy", "GHN-DFC1A4"
    ),
    Action.REFUSED: Step(
        WAITING_TO_RETURN, _ON_THE_WAY, "Khách từ chối", "Người nhận từ chối nhận", "GHN-DCD0A8"
    ),
    Action.RETURN: Step(RETURN, (*_UNDELIVERED, "return_fail"), "Bắt đầu hoàn"),
    Action.RETURNING: Step("returning", _GOING_BACK, "Đang đi trả"),
    Action.RETURN_FAILED: Step("return_fail", _GOING_BACK, "Trả hụt"),
    Action.RETURNED: Step("returned", _GOING_BACK, "Đã trả lại"),
    Action.EXCEPTION: Step("exception", _COLLECTED, "Ngoại lệ"),
    Action.FOUND: Step("storing", ("lost", "exception"), "Tìm thấy"),
    Action.LOST: Step("lost", _ANYWHERE, "Thất lạc", "Hàng thất lạc", "GHN-LOST"),
    Action.DAMAGED: Step("damage", _ANYWHERE, "Hư hỏng", "Hàng hư hỏng", "GHN-DAMAGE"),
}
