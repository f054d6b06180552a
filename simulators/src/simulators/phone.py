"""Vietnamese phone numbers, however they are written."""

import re

_SHAPE = re.compile(r"84\d{9,10}")


def e164(written: str) -> str | None:
    """Return `84...` for `+84...`, `84...`, `0...` or nine digits; nothing if it is no number."""
    digits = re.sub(r"[\s.\-()+]", "", written)
    if digits.startswith("0"):
        digits = "84" + digits[1:]
    elif not digits.startswith("84"):
        digits = "84" + digits
    return digits if _SHAPE.fullmatch(digits) and digits.isascii() else None
