"""GHN's statuses, and what a shipper can report in which of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

READY: Final = "ready_to_pick"
CANCELLED: Final = "cancel"
WAITING: Final = (READY, "picking", "money_collect_picking")
_ON_THE_WAY: Final = (
    "picked",
    "storing",
    "transporting",
    "sorting",
    "delivering",
    "money_collect_delivering",
    "delivery_fail",
)
_GOING_BACK: Final = ("waiting_to_return", "return", "returning", "return_fail")
_ANYWHERE: Final = (*WAITING, *_ON_THE_WAY, *_GOING_BACK)
LABELS: Final = {
    READY: "Chờ lấy hàng",
    "picking": "Đang đi lấy hàng",
    "picked": "Đã lấy hàng",
    "storing": "Đang ở kho",
    "transporting": "Đang luân chuyển",
    "delivering": "Đang giao",
    "delivered": "Đã giao",
    "delivery_fail": "Giao không thành công",
    "waiting_to_return": "Chờ trả lại",
    "returned": "Đã trả lại",
    "lost": "Thất lạc",
    "damage": "Hư hỏng",
    CANCELLED: "Đã hủy",
}


class Action(StrEnum):
    """What a shipper can report."""

    PICKING = "picking"
    PICKED = "picked"
    PICKUP_FAILED = "pickup_failed"
    STORING = "storing"
    TRANSPORTING = "transporting"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    REFUSED = "refused"
    RETURNED = "returned"
    LOST = "lost"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class Step:
    """Where an action leads, from where, and the words that explain it."""

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
    Action.STORING: Step("storing", _ON_THE_WAY, "Nhập kho"),
    Action.TRANSPORTING: Step("transporting", _ON_THE_WAY, "Luân chuyển"),
    Action.DELIVERING: Step("delivering", _ON_THE_WAY, "Đang giao"),
    Action.DELIVERED: Step("delivered", _ON_THE_WAY, "Đã giao"),
    Action.DELIVERY_FAILED: Step(
        "delivery_fail", _ON_THE_WAY, "Giao hụt", "Người nhận không nghe máy", "GHN-DFC1A4"
    ),
    Action.REFUSED: Step(
        "waiting_to_return", _ON_THE_WAY, "Khách từ chối", "Người nhận từ chối nhận", "GHN-DCD0A5"
    ),
    Action.RETURNED: Step("returned", _GOING_BACK, "Đã trả lại"),
    Action.LOST: Step("lost", _ANYWHERE, "Thất lạc", "Hàng thất lạc", "GHN-LOST"),
    Action.DAMAGED: Step("damage", _ANYWHERE, "Hư hỏng", "Hàng hư hỏng", "GHN-DAMAGE"),
}
