"""The form of the desk: what an agent photographs, ticks and answers, in the words of staff."""

from typing import Final

from videocall.calls.states import (
    AGENT_LOST,
    CUSTOMER_LEFT,
    NEWER_CHECK,
    OFFICE_CLOSED,
    RELEASED,
    PhotoKind,
)

PHOTOS: Final[dict[PhotoKind, str]] = {
    "FACE": "Khuôn mặt nhìn thẳng",
    "FRONT": "Giấy tờ mặt trước",
    "BACK": "Giấy tờ mặt sau",
    "FACE_WITH_ID": "Cầm giấy tờ cạnh mặt",
    "SIM": "SIM vật lý",
}
LINES: Final = {
    "face": "Khuôn mặt khớp ảnh trên giấy tờ",
    "same_person": "Đúng người đã khai báo, tỉnh táo và tự nguyện",
    "id_number": "Số giấy tờ khớp hồ sơ",
    "full_name": "Họ tên khớp hồ sơ",
    "date_of_birth": "Ngày sinh khớp hồ sơ",
}
"""The lines of the checklist, in the order in which an agent goes through them."""
REASONS: Final = {
    "PHOTO_UNCLEAR": "Ảnh không rõ",
    "DOC_DAMAGED": "Giấy tờ hư hỏng",
    "DATA_MISMATCH": "Thông tin khai báo sai",
    "CALL_QUALITY": "Hình hoặc tiếng quá kém",
    "LIVENESS_FAILED": "Không làm theo được yêu cầu kiểm tra người thật",
    "CUSTOMER_REFUSED": "Khách không đồng ý tiếp tục",
    "NOT_PRESENT_OWNER": "Người gọi không phải chủ hồ sơ",
    "FACE_MISMATCH": "Khuôn mặt không khớp giấy tờ",
    "IDENTITY_DOUBT": "Nghi ngờ danh tính",
    "DOC_FAKE_SUSPECTED": "Nghi giấy tờ giả",
    "DOC_EXPIRED": "Giấy tờ hết hạn",
    "UNDER_AGE": "Khách dưới 15 tuổi",
    "COERCION_SUSPECTED": "Nghi khách bị ép buộc",
    "TECHNICAL": "Sự cố kỹ thuật",
    "POOR_NETWORK": "Mạng yếu",
    "POOR_LIGHT": "Thiếu ánh sáng",
    "NO_DOCUMENT_AT_HAND": "Khách chưa có giấy tờ bên mình",
    CUSTOMER_LEFT: "Khách đã rời cuộc gọi",
    NEWER_CHECK: "Khách vừa gửi hồ sơ mới",
    AGENT_LOST: "Bàn gọi mất kết nối",
    RELEASED: "Quản lý đã giải phóng cuộc gọi",
    OFFICE_CLOSED: "Hết giờ làm việc",
}
"""The words of the reasons for which calls end."""
