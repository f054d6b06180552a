"""The processes of the suite, by name."""

import importlib.util
from typing import Final

SERVICES: Final = (
    "identity",
    "catalog",
    "hold",
    "order",
    "shipping",
    "kyc",
    "videocall",
    "activation",
    "notification",
)

SIMULATORS: Final = "simulators"
"""The simulators of outside systems: payment, carrier, eKYC, mSale, SMS and mail."""

MEDIA: Final = "media"
"""A media node, which relays and records the video calls."""

WEB: Final = "web"
"""The server of the web apps' files."""


def exists(module: str) -> bool:
    """Tell whether a module could be imported, without importing it."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # not even its package
        return False
