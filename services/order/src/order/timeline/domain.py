"""The words and the step of each fact of a journey, in its story."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Step:
    """A line of the story."""

    ids: str
    text_vi: str
    text_en: str


STEPS: Final = {
    "HoldCreated": Step(
        "F3.6, P3.2",
        "Đã giữ số, phiếu giữ số đã được lập",
        "The number is held and the slip is issued",
    ),
    "HoldClaimed": Step(
        "P3.3", "Khách hàng đã nhận phiếu giữ số vào tài khoản", "The customer claimed the slip"
    ),
    "HoldConfirmed": Step("F3.14", "Phiếu giữ số đã được xác nhận", "The hold is confirmed"),
    "HoldExtended": Step("G10", "Đã gia hạn thời gian giữ số", "The hold was given more time"),
    "HoldEnding": Step(
        "G10, G39",
        "Sắp hết hạn giữ số, hãy hoàn tất bước còn lại",
        "The hold will run out of time soon",
    ),
    "HoldExpired": Step(
        "G10",
        "Hết hạn giữ số, số đã được trả về kho",
        "The hold ran out of time and the number is free again",
    ),
    "HoldReleased": Step(
        "G18",
        "Đã hủy giữ số, số đã được trả về kho",
        "The hold was given up and the number is free again",
    ),
    "HoldConsumed": Step("P1.6", "Số đã thuộc về thuê bao", "The number has its owner"),
    "HoldLost": Step(
        "G10",
        "Tiền đã nhận nhưng số không còn, sẽ hoàn tiền",
        "The money came but the number is gone; it will be refunded",
    ),
    "OrderPlaced": Step("F4.1, F4.2", "Đã đặt hàng", "The order is placed"),
    "PaymentInitiated": Step(
        "F3.12", "Đã chuyển sang cổng thanh toán", "The customer went to the payment gateway"
    ),
    "PaymentConfirmed": Step("F3.12, P2.2", "Đã thanh toán", "The payment is confirmed"),
    "PaymentFailed": Step("G10", "Thanh toán không thành công", "The payment did not succeed"),
    "RefundRequested": Step("G18, G21", "Đang hoàn tiền", "A refund is under way"),
    "RefundAtBank": Step(
        "G18, G21", "Ngân hàng đang xử lý hoàn tiền", "The customer's bank is booking the refund"
    ),
    "RefundCompleted": Step("G18, G21", "Đã hoàn tiền", "The money was given back"),
    "RefundFailed": Step(
        "G18",
        "Ngân hàng không hoàn được, nhân viên sẽ chuyển khoản hoàn tiền",
        "The bank does not give the money back: a person transfers it",
    ),
    "OrderRouted": Step(
        "SD.3",
        "Đơn hàng đã được chuyển đến công ty khu vực phụ trách",
        "The order was routed to its regional company",
    ),
    "CancelRequested": Step("F4.3, F4.10", "Đã yêu cầu hủy đơn hàng", "Cancelling was asked for"),
    "CancelRefused": Step(
        "G18", "Không hủy được nữa, đơn hàng tiếp tục", "It was too late to cancel"
    ),
    "ActivationStopped": Step(
        "F4.3, G18", "Đã dừng hòa mạng theo yêu cầu hủy", "The activation was stopped"
    ),
    "ActivationStopRefused": Step(
        "G18", "Không dừng hòa mạng được nữa, đơn hàng tiếp tục", "It was too late to stop"
    ),
    "OrderCancelled": Step("F4.11, F4.18", "Đơn hàng đã hủy", "The order is cancelled"),
    "PromotionAttached": Step(
        "SB.7", "Khuyến mại đã được gắn vào đơn hàng", "The promotion is part of the order"
    ),
    "InvoiceIssued": Step("SB.3.4", "Đã xuất hóa đơn điện tử", "The electronic invoice is issued"),
    "ShipmentConfirmed": Step(
        "F4.8, F4.8.1", "Nhân viên đã xác nhận đơn, chờ lấy hàng", "Staff confirmed the order"
    ),
    "ShipmentBooked": Step(
        "F4.8.2, F4.9", "Đơn vị vận chuyển đã nhận đơn", "The carrier took the order"
    ),
    "CollectionFailed": Step(
        "G23", "Lấy hàng không thành công, sẽ lấy lại", "The courier came in vain"
    ),
    "ShipmentPacked": Step("F4.12", "Đã đóng gói SIM", "The SIM is packed"),
    "ShipmentHandedOver": Step(
        "F4.13, F4.14", "Đã giao cho người vận chuyển, đang giao hàng", "The courier has the parcel"
    ),
    "ShipmentDelivered": Step("F4.22, F4.23", "Đã giao SIM", "The SIM is delivered"),
    "DeliveryRefused": Step(
        "F4.16, F4.17", "Khách hàng không nhận hàng", "The customer did not take the parcel"
    ),
    "ShipmentReturned": Step("G21", "Hàng đã được hoàn về", "The parcel is back"),
    "ShipmentLost": Step("G23", "Hàng bị thất lạc", "The parcel is lost"),
    "ShipmentCancelled": Step("F4.11, G18", "Đã dừng giao hàng", "The parcel was stopped"),
    "StorePickupReady": Step("F4.6", "SIM đã sẵn sàng tại cửa hàng", "The SIM waits at the store"),
    "StorePickupDone": Step(
        "F4.7, G15",
        "Khách hàng đã nhận SIM tại cửa hàng",
        "The customer collected the SIM at the store",
    ),
    "CodCollected": Step(
        "F4.20, G15", "Đã thu tiền khi giao hàng", "The money was taken on delivery"
    ),
    "ActivationStarted": Step("F5a.3, F5b.2", "Bắt đầu hòa mạng", "Activation has begun"),
    "KycSubmitted": Step("F5a.6, F5b.5", "Đang xác thực eKYC", "The documents are being verified"),
    "KycPassed": Step("F5a.7, F5b.6, P3.4", "eKYC hợp lệ", "The identity check passed"),
    "KycFailed": Step("F5a.7, F5b.6", "eKYC không hợp lệ", "The identity check failed"),
    "KycNeedsReview": Step(
        "G27", "Hồ sơ cần nhân viên xem xét", "A person has to look at the case"
    ),
    "VideoCallQueued": Step("F5a.8, F5b.7, P3.5", "Đang chờ gọi video", "Waiting for a video call"),
    "VideoCallStarted": Step(
        "F5a.8, F5b.7, P5.1", "Đang gọi video xác minh", "The video call is on"
    ),
    "VideoCallDropped": Step("G26", "Cuộc gọi video bị gián đoạn", "The video call broke off"),
    "VideoCallAbandoned": Step(
        "G26", "Cuộc gọi video đã kết thúc khi chưa xác minh", "The customer left the video call"
    ),
    "VideoCallRetryNeeded": Step("G26", "Cần gọi video lại", "The video call has to be made again"),
    "VideoCallApproved": Step(
        "F5a.8, F5b.7, P3.6", "Xác minh video thành công", "The video call was approved"
    ),
    "VideoCallRejected": Step(
        "F5a.8, F5b.7", "Xác minh video không thành công", "The video call was rejected"
    ),
    "VideoCallRevoked": Step(
        "G28", "Kết quả xác minh video đã bị thu hồi", "The approval of the call was taken back"
    ),
    "VideoCallReopened": Step(
        "G26", "Được tiếp tục xác minh trực tuyến", "The video call is open again"
    ),
    "AppointmentBooked": Step(
        "G26, G33", "Đã hẹn giờ gọi video", "A time for the video call is booked"
    ),
    "EvidenceSealed": Step(
        "P5.1", "Bằng chứng cuộc gọi đã được niêm phong", "The evidence of the call is sealed"
    ),
    "DossierSigned": Step(
        "F5a.9, F5b.8", "Đã ký hồ sơ thuê bao", "The subscriber dossier is signed"
    ),
    "DossierSubmitted": Step(
        "F5a.10, F5b.9", "Đã gửi thông tin hòa mạng", "The activation information was sent"
    ),
    "ConnectionQueued": Step(
        "F5a.11, F5b.10, P4.1", "Hồ sơ đang chờ đấu nối", "The dossier is in the connection queue"
    ),
    "ConnectionConfirmed": Step(
        "P6.1", "Tổ đấu nối đã xác nhận hồ sơ", "The connection team confirmed the dossier"
    ),
    "ConnectionCompleted": Step(
        "F5a.13, F5a.14, F5b.12, P4.2", "Đấu nối thành công", "The subscriber is connected"
    ),
    "ConnectionRejected": Step("F5a.16, F5b.18", "Từ chối hòa mạng", "The connection was refused"),
    "ConnectionDelayed": Step(
        "F5a.11, F5b.10",
        "Nhà mạng đang xử lý lại hồ sơ, khách hàng không cần làm gì",
        "The operator has trouble of its own: the dossier will be sent again",
    ),
    "ActivationEnding": Step("G39", "Sắp hết hạn hòa mạng", "The time to activate ends soon"),
    "ActivationExpired": Step("G39", "Quá hạn hòa mạng", "The number was not activated in time"),
    "EsimProfileIssued": Step("F5b.13, P3.7", "Đã gửi mã QR eSIM", "The eSIM QR code was sent"),
    "EsimInstalled": Step(
        "F5b.15, F5b.16", "eSIM đã được cài trên máy", "The eSIM is on the phone"
    ),
    "EsimInstallFailed": Step("F5b.17, G29", "Quét QR thất bại", "The scan of the QR code failed"),
    "PromotionGranted": Step(
        "SB.6", "Gói cước khuyến mại đã được kích hoạt", "The promotional package is active"
    ),
}
