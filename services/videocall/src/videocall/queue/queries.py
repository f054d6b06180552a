"""A customer's view of the own call: how it stands, and the place in the queue."""

import math
from datetime import datetime
from statistics import median
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import and_, func, select, tuple_

from kit.db import Tx
from videocall.agents.domain import AgentState
from videocall.calls.domain import Call
from videocall.calls.queries import still_there
from videocall.calls.states import OFFICE_CLOSED, WAITING, NoSuchCall, Repeat, Status
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.settings import Settings
from videocall.tables import agents, calls, journeys, members

RECENT: Final = 30
ON_DUTY: Final = (
    AgentState.AVAILABLE,
    AgentState.RESERVED,
    AgentState.BUSY,
    AgentState.WRAP_UP,
)
"""The states of agents who answer calls, now or when they have done with one."""
LABELS: Final = {
    Status.QUEUED: "Chờ gọi video",
    Status.OFFERED: "Đang đổ chuông ở bàn nhân viên",
    Status.CONNECTING: "Đang kết nối với nhân viên",
    Status.IN_CALL: "Đang gọi",
    Status.DROPPED: "Mất kết nối, hãy gọi lại",
    Status.APPROVED: "Xác minh thành công",
    Status.REJECTED: "Xác minh không thành công",
    Status.RETRY_NEEDED: "Cuộc gọi bị gián đoạn, hãy gọi lại",
    Status.ABANDONED: "Đã rời hàng đợi",
    Status.REVOKED: "Kết quả xác minh đã bị thu hồi",
}
CLOSED: Final = "Tổ xác minh đã hết giờ làm việc, hãy gọi lại hoặc hẹn giờ"


class CallView(BaseModel):
    """A call as its customer sees it."""

    call_id: UUID
    hold_id: UUID
    status: Status
    label_vi: str
    position: int | None
    estimated_wait_seconds: int | None
    opens_at: datetime | None = None
    """When the team is back, if closing time ended the waiting; an appointment can be booked."""
    place_kept_until: datetime | None = None
    """Until then a new call goes to the head of the queue."""
    reason_code: str | None
    repeat: Repeat | None
    attempts_left: int | None


async def call_of(tx: Tx, call_id: UUID, customer_id: UUID) -> Call:
    """Return one of a customer's calls; another customer's looks like none at all."""
    with_journey = select(Call).join(journeys, journeys.c.hold_id == calls.c.hold_id)
    of_customer = with_journey.where(calls.c.id == call_id, journeys.c.customer_id == customer_id)
    call = (await tx.scalars(of_customer)).one_or_none()
    if call is None:
        raise NoSuchCall
    return call


async def call_by_hold(tx: Tx, hold_id: UUID, customer_id: UUID) -> Call:
    """Return the newest call of a customer's hold."""
    journey = await tx.get(Journey, hold_id)
    if journey is None or journey.customer_id != customer_id:
        raise NoSuchHold(hold_id)
    newest_first = select(Call).where(calls.c.hold_id == hold_id).order_by(calls.c.queued_at.desc())
    call = (await tx.scalars(newest_first.limit(1))).one_or_none()
    if call is None:
        raise NoSuchCall
    return call


async def view(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> CallView:
    """Shape a call for its customer."""
    waits = call.status in WAITING
    place = await position(tx, call, settings=settings, now=now) if waits else None
    closed = (call.status, call.reason_code) == (Status.RETRY_NEEDED, OFFICE_CLOSED)
    journey = await tx.get_one(Journey, call.hold_id)
    let_back = call.repeat == "STORE" and not journey.only_at_store
    return CallView(
        call_id=call.id,
        hold_id=call.hold_id,
        status=call.status,
        label_vi=CLOSED if closed else LABELS[call.status],
        position=place,
        estimated_wait_seconds=await wait_seconds(tx, call, place, settings=settings)
        if place
        else None,
        opens_at=settings.office_hours(call.team).opens_after(now) if closed else None,
        place_kept_until=call.place_kept_until if call.keeps_place(now=now) else None,
        reason_code=call.reason_code,
        repeat="CALL" if let_back else call.repeat,
        attempts_left=settings.rejections if let_back else call.attempts_left,
    )


async def position(tx: Tx, call: Call, *, settings: Settings, now: datetime) -> int:
    """Return a place in the queue by the same order in which the team answers."""
    place = tuple_(-calls.c.priority, calls.c.queued_at, calls.c.id)
    before = place < tuple_(-call.priority, call.queued_at, call.id)
    same_team = and_(calls.c.region == call.region, calls.c.team == call.team)
    ahead = select(func.count()).where(still_there(settings, now), same_team, before)
    return 1 + (await tx.scalar(ahead) or 0)


async def wait_seconds(tx: Tx, call: Call, position: int, *, settings: Settings) -> int:
    """Estimate a wait: rounds until it is your turn, times what recent calls took."""
    ended = select(calls.c.ended_at - calls.c.started_at).where(
        calls.c.region == call.region,
        calls.c.started_at.is_not(None),
        calls.c.ended_at.is_not(None),
    )
    recent = (await tx.scalars(ended.order_by(calls.c.ended_at.desc()).limit(RECENT))).all()
    usual = settings.usual_call.total_seconds()
    handling = median(took.total_seconds() for took in recent) if recent else usual
    on_duty = await _agents_for(tx, call)
    return int(math.ceil(position / max(1, on_duty)) * handling)


async def _agents_for(tx: Tx, call: Call) -> int:
    """Count the agents on duty who may be offered this call."""
    teams = select(func.array_agg(members.c.team)).where(members.c.agent_id == agents.c.id)
    on_duty = select(agents.c.regions, teams.scalar_subquery()).where(agents.c.state.in_(ON_DUTY))
    return sum(
        (not regions or call.region in regions) and (not own_teams or call.team in own_teams)
        for regions, own_teams in await tx.execute(on_duty)
    )
