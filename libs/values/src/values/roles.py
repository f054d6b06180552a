"""The roles of staff, and of everybody who signs in."""

from typing import Final, Literal, get_args

StaffRole = Literal[
    "osp_staff",
    "store_staff",
    "call_agent",
    "connection_officer",
    "region_manager",
    "partner_manager",
    "auditor",
    "admin",
    "sre",
]
STAFF_ROLES: Final[tuple[StaffRole, ...]] = get_args(StaffRole)

ROLES: Final[tuple[str, ...]] = ("customer", "partner", *STAFF_ROLES)
"""All roles that a request may be made in; customers and partners have one each."""
