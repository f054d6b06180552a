"""The stages of a journey, folded from its story, with a limit for each (decision 0039)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from events import SimKind


class Stage(StrEnum):
    """The place where a journey stands: what has to happen next."""

    HELD = "HELD"
    PAYING = "PAYING"
    PREPARING = "PREPARING"
    COLLECTION = "COLLECTION"
    AT_STORE = "AT_STORE"
    DELIVERING = "DELIVERING"
    RETURNING = "RETURNING"
    TO_ACTIVATE = "TO_ACTIVATE"
    IDENTITY = "IDENTITY"
    REVIEW = "REVIEW"
    TO_REPEAT = "TO_REPEAT"
    TO_CALL = "TO_CALL"
    CALL_WAITING = "CALL_WAITING"
    IN_CALL = "IN_CALL"
    TO_SIGN = "TO_SIGN"
    CONNECTION = "CONNECTION"
    CONNECTING = "CONNECTING"
    DELAYED = "DELAYED"
    INSTALLING = "INSTALLING"
    REFUNDING = "REFUNDING"
    REFUND_BY_HAND = "REFUND_BY_HAND"
    CONNECTED = "CONNECTED"
    ENDED = "ENDED"


class Responsible(StrEnum):
    """The people whose work the next step is."""

    CUSTOMER = "CUSTOMER"
    ORDERS = "ORDERS"
    COUNTER = "COUNTER"
    CARRIER = "CARRIER"
    VIDEO = "VIDEO"
    REVIEW = "REVIEW"
    CONNECTION = "CONNECTION"
    SYSTEM = "SYSTEM"
    """A service, mSale or a bank: when it is late, operations look."""
    NOBODY = "NOBODY"


@dataclass(frozen=True)
class StageRule:
    """The words of a stage, the time a journey may stand in it, and the next step."""

    label_vi: str
    responsible: Responsible
    next_vi: str
    limit: timedelta | None = None
    """No limit: the journey is over."""


R = Responsible
_M, _H, _D = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

RULES: Final[dict[Stage, StageRule]] = {
    Stage.HELD: StageRule("Đang giữ số", R.CUSTOMER, "Khách đặt hàng", _D),
    Stage.PAYING: StageRule("Chờ thanh toán", R.CUSTOMER, "Khách thanh toán", _H),
    Stage.PREPARING: StageRule("Chờ xử lý đơn", R.ORDERS, "Xác nhận đơn, hẹn lấy hàng", 4 * _H),
    Stage.COLLECTION: StageRule("Chờ lấy hàng", R.ORDERS, "Đóng gói, bàn giao vận chuyển", _D),
    Stage.AT_STORE: StageRule("Chờ khách đến lấy", R.COUNTER, "Gọi khách đến lấy SIM", 3 * _D),
    Stage.DELIVERING: StageRule("Đang giao hàng", R.CARRIER, "Hỏi đơn vị vận chuyển", 5 * _D),
    Stage.RETURNING: StageRule("Đang hoàn hàng", R.CARRIER, "Hỏi đơn vị vận chuyển", 7 * _D),
    Stage.TO_ACTIVATE: StageRule("Chờ khách hòa mạng", R.CUSTOMER, "Nhắc khách hòa mạng", 3 * _D),
    Stage.IDENTITY: StageRule("Đang xác thực giấy tờ", R.CUSTOMER, "Khách gửi giấy tờ", 2 * _H),
    Stage.REVIEW: StageRule("Chờ duyệt giấy tờ", R.REVIEW, "Duyệt hồ sơ eKYC", 2 * _H),
    Stage.TO_REPEAT: StageRule("Chờ khách làm lại", R.CUSTOMER, "Nhắc khách làm lại bước", _D),
    Stage.TO_CALL: StageRule("Chờ khách gọi video", R.CUSTOMER, "Nhắc khách gọi video", 4 * _H),
    Stage.CALL_WAITING: StageRule("Chờ nhận cuộc gọi", R.VIDEO, "Nhận cuộc gọi", 10 * _M),
    Stage.IN_CALL: StageRule("Đang gọi video", R.VIDEO, "Kết luận cuộc gọi", 30 * _M),
    Stage.TO_SIGN: StageRule("Chờ khách ký, gửi hồ sơ", R.CUSTOMER, "Nhắc khách ký hồ sơ", 4 * _H),
    Stage.CONNECTION: StageRule("Chờ đấu nối", R.CONNECTION, "Xác nhận hoặc từ chối", 2 * _H),
    Stage.CONNECTING: StageRule("Đang đấu nối", R.SYSTEM, "Kiểm tra mSale", 30 * _M),
    Stage.DELAYED: StageRule("mSale gặp trục trặc", R.CONNECTION, "Gửi lại hồ sơ", _H),
    Stage.INSTALLING: StageRule("Chờ cài eSIM", R.CUSTOMER, "Nhắc khách cài eSIM", _D),
    Stage.REFUNDING: StageRule("Đang hoàn tiền", R.SYSTEM, "Kiểm tra với ngân hàng", 5 * _D),
    Stage.REFUND_BY_HAND: StageRule("Chờ hoàn tiền tay", R.ORDERS, "Chuyển khoản hoàn tiền", _D),
    Stage.CONNECTED: StageRule("Đã hòa mạng", R.NOBODY, ""),
    Stage.ENDED: StageRule("Đã kết thúc", R.NOBODY, ""),
}

AFTER: Final[dict[str, Stage]] = {
    "HoldCreated": Stage.HELD,
    "HoldConfirmed": Stage.PREPARING,
    "HoldExpired": Stage.ENDED,
    "HoldReleased": Stage.ENDED,
    "HoldLost": Stage.ENDED,
    "OrderPlaced": Stage.PAYING,
    "PaymentInitiated": Stage.PAYING,
    "PaymentFailed": Stage.PAYING,
    "OrderCancelled": Stage.ENDED,
    "RefundRequested": Stage.REFUNDING,
    "RefundAtBank": Stage.REFUNDING,
    "RefundFailed": Stage.REFUND_BY_HAND,
    "RefundCompleted": Stage.ENDED,
    "ShipmentConfirmed": Stage.COLLECTION,
    "ShipmentBooked": Stage.COLLECTION,
    "CollectionFailed": Stage.COLLECTION,
    "ShipmentPacked": Stage.COLLECTION,
    "ShipmentHandedOver": Stage.DELIVERING,
    "DeliveryRefused": Stage.RETURNING,
    "ShipmentDelivered": Stage.TO_ACTIVATE,
    "StorePickupReady": Stage.AT_STORE,
    "StorePickupDone": Stage.TO_ACTIVATE,
    "ActivationStarted": Stage.IDENTITY,
    "KycSubmitted": Stage.IDENTITY,
    "KycNeedsReview": Stage.REVIEW,
    "KycFailed": Stage.TO_REPEAT,
    "KycPassed": Stage.TO_CALL,
    "VideoCallQueued": Stage.CALL_WAITING,
    "VideoCallStarted": Stage.IN_CALL,
    "VideoCallDropped": Stage.IN_CALL,
    "VideoCallAbandoned": Stage.TO_CALL,
    "VideoCallRetryNeeded": Stage.TO_CALL,
    "VideoCallReopened": Stage.TO_CALL,
    "AppointmentBooked": Stage.TO_CALL,
    "VideoCallRejected": Stage.TO_REPEAT,
    "VideoCallRevoked": Stage.TO_REPEAT,
    "VideoCallApproved": Stage.TO_SIGN,
    "DossierSigned": Stage.TO_SIGN,
    "DossierSubmitted": Stage.CONNECTION,
    "ConnectionQueued": Stage.CONNECTION,
    "ConnectionConfirmed": Stage.CONNECTING,
    "ConnectionDelayed": Stage.DELAYED,
    "ConnectionRejected": Stage.TO_REPEAT,
    "ConnectionCompleted": Stage.CONNECTED,
    "EsimProfileIssued": Stage.INSTALLING,
    "EsimInstallFailed": Stage.INSTALLING,
    "EsimInstalled": Stage.CONNECTED,
    "ActivationExpired": Stage.ENDED,
}
"""The stage a fact leads to; any other fact leaves the journey where it stands."""

OF_AN_ESIM: Final = {
    "HoldConfirmed": Stage.TO_ACTIVATE,
    "ConnectionCompleted": Stage.INSTALLING,
}
"""The facts after which an eSIM stands elsewhere than a card: nothing is packed, and it has to be
installed."""

_BEFORE_ACTIVATION: Final = (
    Stage.HELD,
    Stage.PAYING,
    Stage.PREPARING,
    Stage.COLLECTION,
    Stage.AT_STORE,
    Stage.DELIVERING,
    Stage.TO_ACTIVATE,
)
_ACTIVATION: Final = (
    Stage.IDENTITY,
    Stage.REVIEW,
    Stage.TO_REPEAT,
    Stage.TO_CALL,
    Stage.CALL_WAITING,
    Stage.IN_CALL,
    Stage.TO_SIGN,
    Stage.CONNECTION,
    Stage.CONNECTING,
    Stage.DELAYED,
    Stage.INSTALLING,
)
_REFUND: Final = (Stage.REFUNDING, Stage.REFUND_BY_HAND)


class Line(NamedTuple):
    """A line of the story: when it became true, its event, and the reason if it has one."""

    at: datetime
    event: str
    reason_code: str | None


@dataclass(frozen=True)
class Standing:
    """The stage a journey stands in, since when, and the last fact that spoke of it."""

    stage: Stage
    since: datetime
    event: str
    reason_code: str | None

    @property
    def due_at(self) -> datetime | None:
        """The moment after which the journey is stuck; none when it is over."""
        limit = RULES[self.stage].limit
        return self.since + limit if limit else None


def standing_after(lines: Iterable[Line], sim: SimKind) -> Standing | None:
    """Fold a story, in the order it happened, into the stage it has come to.

    None before any fact that has a stage. A parcel's late news does not take a customer back who
    has begun to activate; an end does not hide money that is still to be given back; a connected
    subscriber stays connected.
    """
    standing: Standing | None = None
    for line in lines:
        stage = (OF_AN_ESIM if sim == "ESIM" else {}).get(line.event) or AFTER.get(line.event)
        if stage is None or (standing and not _follows(standing.stage, stage, line.event)):
            continue
        since = standing.since if standing and standing.stage is stage else line.at
        standing = Standing(stage, since, line.event, line.reason_code)
    return standing


def _follows(before: Stage, stage: Stage, event: str) -> bool:
    if before is Stage.CONNECTED:
        return False
    if before in _REFUND and stage is Stage.ENDED:
        return event == "RefundCompleted"
    return not (before in _ACTIVATION and stage in _BEFORE_ACTIVATION)
