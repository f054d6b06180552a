"""Security headers that the gateway says with every answer, in whatever way it is deployed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

POLICY: Final = "content-security-policy"
NOTHING: Final = "default-src 'none'; frame-ancestors 'none'"
"""The policy of what is data and no page. Pages bring their own, which knows their bytes."""
OF_SIMULATORS: Final = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data: cid:; "
    "frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The policy of the simulators' pages, which have their CSS in them and show mails in frames."""
OVER_TLS: Final = ("strict-transport-security", "max-age=31536000; includeSubDomains")
"""The header of a gateway that speaks TLS, for a year."""

_OWN_DEVICES: Final = ("camera", "microphone")
_NO_DEVICES: Final = (
    *("accelerometer", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "midi", "payment"),
    *("publickey-credentials-get", "serial", "usb", "xr-spatial-tracking"),
)
"""Devices and accounts that no page of ours asks for.

Clipboard, sharing and full screen are left to our own pages, as browsers do by themselves.
"""

SAID_ALWAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",  # paths name holds and orders
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": ", ".join(
            (
                *(f"{device}=(self)" for device in _OWN_DEVICES),
                *(f"{device}=()" for device in _NO_DEVICES),
            )
        ),
    }
)


def appended() -> list[dict[str, Any]]:
    """Return the headers as Envoy appends them: a policy only where the answer brings none."""
    return [
        *(entry(name, value) for name, value in SAID_ALWAYS.items()),
        entry(POLICY, NOTHING, "ADD_IF_ABSENT"),
    ]


def entry(name: str, value: str, action: str = "OVERWRITE_IF_EXISTS_OR_ADD") -> dict[str, Any]:
    """Return one header as Envoy appends it."""
    return {"header": {"key": name, "value": value}, "append_action": action}
