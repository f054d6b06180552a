"""Every screen of the console, with the member of staff who looks at it."""

from dataclasses import dataclass
from typing import Final

from identity.seed import id_of

CHANNEL: Final = id_of("partner", "demo-channel")
"""The channel that every local stack has."""


@dataclass(frozen=True)
class Screen:
    """One screen: its workspace, who sees it, and its path below `/console`."""

    name: str
    workspace: str
    username: str
    path: str


SCREENS: Final = (
    Screen("orders", "orders", "osp1", "/orders"),
    Screen("refunds by hand", "orders", "osp1", "/orders/refunds"),
    Screen("open cash", "orders", "osp1", "/orders/cash"),
    Screen("refused tasks", "orders", "osp1", "/orders/tasks"),
    Screen("counter", "counter", "store1", "/counter"),
    Screen("video desk", "video", "agent1", "/video"),
    Screen("connection", "connection", "officer1", "/connection"),
    Screen("incidents", "connection", "officer1", "/connection?tab=INCIDENTS"),
    Screen("video desk of a supervisor", "video", "manager2", "/video"),
    Screen("review", "review", "officer1", "/review/cases"),
    Screen("sent to stores", "review", "manager2", "/review/stores"),
    Screen("review at a store", "review", "store1", "/review/stores"),
    Screen("audits", "review", "auditor1", "/review/audits"),
    Screen("partners", "partners", "admin", "/partners"),
    Screen("a channel", "partners", "partner1", f"/partners/{CHANNEL}"),
    Screen("webhooks", "partners", "partner1", f"/partners/{CHANNEL}?tab=webhooks"),
    Screen("events", "partners", "partner1", f"/partners/{CHANNEL}?tab=events"),
    Screen("staff", "oversight", "admin", "/oversight/staff"),
    Screen("numbers", "oversight", "admin", "/oversight/numbers"),
    Screen("promotions", "oversight", "admin", "/oversight/promotions"),
    Screen("oversight", "oversight", "manager2", "/oversight"),
    Screen("stuck journeys", "oversight", "admin", "/oversight/stuck"),
    Screen("routed orders", "oversight", "manager2", "/oversight/routing"),
    Screen("dead events", "oversight", "sre", "/oversight/events"),
    Screen("work lists", "oversight", "admin", "/oversight/tasks"),
    Screen("office hours", "oversight", "manager2", "/oversight/hours"),
    Screen("call rules", "oversight", "manager2", "/oversight/rules"),
    Screen("access log", "oversight", "auditor1", "/oversight/audit"),
    Screen("no such page", "frame", "manager2", "/no-such-page"),
)
