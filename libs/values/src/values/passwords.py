"""The one form of a password: the same keys pressed on another keyboard are the same password."""

import unicodedata

from values.errors import BadValue


def normal_password(text: str) -> str:
    """Return what is hashed and compared (RFC 8265, OpaqueString): NFC, every space is a space.

    Case, width and order stay as typed. A control character or half a character cannot have been
    typed, and is refused.
    """
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in spaced):
        raise BadValue("PASSWORD_INVALID", "has a character that cannot be typed")
    return unicodedata.normalize("NFC", spaced)
