"""The folders of a checkout that commands of the stack and of a deployment share."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
"""The checkout."""

CACHE: Final = ROOT / ".cache"
"""Downloads: shared by every stack on the machine, kept by a reset."""

HOME: Final = ROOT / ".local"
"""The state of the checkout's own stack."""
