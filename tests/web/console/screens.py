"""Every screen of the console, with the member of staff who looks at it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Screen:
    """One screen: its workspace, who sees it, and its path below `/console`."""

    name: str
    workspace: str
    username: str
    path: str


SCREENS: Final = (
    Screen("orders", "orders", "osp1", "/orders"),
    Screen("counter", "counter", "store1", "/counter"),
    Screen("video desk", "video", "agent1", "/video"),
    Screen("connection", "connection", "officer1", "/connection"),
    Screen("review", "review", "officer1", "/review"),
    Screen("partners", "partners", "admin", "/partners"),
    Screen("oversight", "oversight", "manager2", "/oversight"),
    Screen("no such page", "frame", "manager2", "/no-such-page"),
)
