"""The text that a customer consents to before a call, in its versions (LAW09, data law)."""

import hashlib
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from kit.errors import Conflict

Locale = Literal["vi", "en"]
Purpose = Literal["IDENTITY_CHECK", "CALL_RECORDING"]
"""The purposes that are agreed to one by one; a call serves both."""
NEEDED: Final[tuple[Purpose, ...]] = ("IDENTITY_CHECK", "CALL_RECORDING")
PRESENT: Final = "2026-12"
"""The version that has to be agreed to. A changed word is a new version; older ones stay."""
ADDRESS: Final = "/v1/consent-text"


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """A version of the text in one language, as it is shown."""

    version: str
    locale: Locale
    title: str
    points: tuple[str, ...]
    purposes: tuple[tuple[Purpose, str], ...]
    """The purposes, each agreed to for itself, with its words."""

    @property
    def sha256(self) -> str:
        """Return the fingerprint (hex) of all that is shown, line by line."""
        lines = (self.title, *self.points, *(text for _, text in self.purposes))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A customer's yes: to which text, shown in which language, and for which purposes."""

    id: UUID
    text_version: str
    text_sha256: str
    locale: Locale
    purposes: tuple[Purpose, ...]
    sealed_client: bytes
    """The address and the browser that it came from, sealed."""


@dataclass(eq=False)
class ConsentNeeded(Conflict):
    """Read the text at this address and agree to it: without that there is no call."""

    version: str = PRESENT
    text: str = ADDRESS
    purposes: tuple[Purpose, ...] = NEEDED


def checked(consent: Consent | None) -> Consent:
    """Return a consent to all of the present text; refuse any other, and none."""
    if consent is None:
        raise ConsentNeeded
    text = TEXTS[PRESENT, consent.locale]
    if (consent.text_version, consent.text_sha256) != (text.version, text.sha256):
        raise ConsentNeeded
    if not set(NEEDED) <= set(consent.purposes):
        raise ConsentNeeded
    return consent


TEXTS: Final = {
    (text.version, text.locale): text
    for text in (
        ConsentText(
            version="2026-12",
            locale="vi",
            title="Trước khi gọi, mời bạn đọc và đồng ý",
            points=(
                "Nhân viên so khớp bạn với giấy tờ đã gửi, theo quy định về đăng ký thuê bao.",
                "Hai bên thấy và nghe nhau. Hình, tiếng và ảnh chụp trong cuộc gọi được lưu lại.",
                "Bản ghi được mã hóa. Mỗi lần người có trách nhiệm mở xem đều được ghi nhận.",
                "Nếu hòa mạng, bản ghi được giữ đến hết 2 năm sau khi thuê bao chấm dứt.",
                "Nếu không hòa mạng, bản ghi bị xóa sau 30 ngày; có nghi vấn gian lận, sau 2 năm.",
                "Bạn có thể dừng cuộc gọi bất cứ lúc nào, hoặc xác minh tại cửa hàng.",
            ),
            purposes=(
                ("IDENTITY_CHECK", "Tôi đồng ý gặp nhân viên qua video để xác minh danh tính."),
                ("CALL_RECORDING", "Tôi đồng ý để cuộc gọi được ghi hình, ghi âm và lưu giữ."),
            ),
        ),
        ConsentText(
            version="2026-12",
            locale="en",
            title="Please read and agree before you call",
            points=(
                "An agent compares you with the papers you sent, as the law requires.",
                "You see and hear each other. Picture, sound and photos of the call are kept.",
                "The recording is encrypted. Each look by those in charge is written down.",
                "If your number is connected, it is kept until 2 years after that ends.",
                "If not, it is erased after 30 days; where fraud is suspected, after 2 years.",
                "You may end the call at any time, or be verified at a store instead.",
            ),
            purposes=(
                ("IDENTITY_CHECK", "I agree to meet an agent by video to verify my identity."),
                (
                    "CALL_RECORDING",
                    "I agree that the call is recorded, picture and sound, and kept.",
                ),
            ),
        ),
    )
}
"""Every version that was ever agreed to, by version and language."""
