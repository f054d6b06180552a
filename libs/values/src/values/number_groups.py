"""Groups of a phone number's digits: its nice part stands together, wherever it is shown."""

from typing import Final

from values.phones import national

ORDINARY: Final = (4, 3, 3)
GROUPS: Final[dict[str, tuple[int, ...]]] = {
    **dict.fromkeys(("LUC_QUY", "SANH_TIEN_6", "SANH_LUI_6"), (4, 6)),
    **dict.fromkeys(("NGU_QUY", "SANH_TIEN_5", "SANH_LUI_5"), (5, 5)),
    **dict.fromkeys(
        ("TU_QUY", "SANH_TIEN_4", "SO_DOC", "DAO", "SANH_LUI_4", "NAM_SINH"), (3, 3, 4)
    ),
    **dict.fromkeys(("TAXI_2", "TIEN_DOI", "KEP_BA", "LAP", "KEP", "NGAY_SINH"), (4, 2, 2, 2)),
    **dict.fromkeys(("TAXI_4",), (2, 4, 4)),
    **dict.fromkeys(("NGAY_SINH_DU",), (2, 2, 2, 4)),
}
"""The sizes of the groups by class of number; of every other class they are ordinary."""


def set_apart(phone: str, price_class: str) -> str:
    """Write E.164 digits in the groups of a class: `0931 26 68 68`, `09312 66666`."""
    dialled, end = national(phone), 0
    parts: list[str] = []
    for size in GROUPS.get(price_class, ORDINARY):
        parts.append(dialled[end : end + size])
        end += size
    return " ".join(parts)
