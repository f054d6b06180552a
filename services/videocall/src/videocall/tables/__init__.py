"""The schema of videocall. Importing this module maps the domain onto its tables."""

from uuid import UUID

from sqlalchemy import Column
from sqlalchemy.orm import CompositeProperty, composite

from videocall.agents.domain import Agent
from videocall.appointments.domain import Appointment
from videocall.audits.domain import Audit
from videocall.calls.domain import Call
from videocall.challenges.domain import Challenge
from videocall.journeys.domain import Check, Journey
from videocall.photos.domain import PhotoRequest
from videocall.retention.domain import LegalHold
from videocall.tables.agents import agent_states, agents, members, presence, reservations
from videocall.tables.calls import (
    accesses,
    audits,
    call_events,
    calls,
    consents,
    heartbeats,
    photos,
)
from videocall.tables.examinations import challenges, photo_requests, photo_verdicts
from videocall.tables.journeys import appointments, erasures, journeys, legal_holds
from videocall.tables.media import data_keys, media_sessions, recording_parts, voices
from videocall.tables.registry import mapper, metadata
from videocall.tables.roots import day_leaves, day_roots
from videocall.tables.sockets import changes, socket_nodes, sockets
from videocall.tables.teams import (
    calendars,
    edits,
    exception_days,
    overflow_rules,
    pilots,
    teams,
)

__all__ = [
    "accesses",
    "agent_states",
    "agents",
    "appointments",
    "audits",
    "calendars",
    "call_events",
    "calls",
    "challenges",
    "changes",
    "consents",
    "data_keys",
    "day_leaves",
    "day_roots",
    "edits",
    "erasures",
    "exception_days",
    "heartbeats",
    "journeys",
    "legal_holds",
    "media_sessions",
    "members",
    "metadata",
    "overflow_rules",
    "photo_requests",
    "photo_verdicts",
    "photos",
    "pilots",
    "presence",
    "recording_parts",
    "reservations",
    "socket_nodes",
    "sockets",
    "teams",
    "voices",
]


def check(session_id: Column[UUID], attempt: Column[int]) -> CompositeProperty[Check]:
    """Map two columns, both null or neither, onto the check they name."""
    return composite(Check, session_id, attempt, return_none_on=lambda *values: None in values)


mapper.map_imperatively(Agent, agents)
mapper.map_imperatively(Appointment, appointments)
mapper.map_imperatively(Audit, audits)
mapper.map_imperatively(Challenge, challenges)
mapper.map_imperatively(PhotoRequest, photo_requests)
mapper.map_imperatively(LegalHold, legal_holds)
mapper.map_imperatively(
    Journey,
    journeys,
    properties={
        "checked": check(journeys.c.checked_session, journeys.c.checked_attempt),
        "newest": check(journeys.c.newest_session, journeys.c.newest_attempt),
    },
)
mapper.map_imperatively(
    Call,
    calls,
    version_id_col=calls.c.version,
    properties={"compared": check(calls.c.session_id, calls.c.attempt)},
)
