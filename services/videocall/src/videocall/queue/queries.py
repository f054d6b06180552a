"""A customer's view of the own call: how it stands, and the place in the queue."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from kit.db import Tx
from videocall.calls.domain import Call
from videocall.calls.states import OFFICE_CLOSED, WAITING, NoSuchCall, Repeat, Status
from videocall.challenges.queries import Prompt, prompt_of
from videocall.hours.queries import hours_of
from videocall.journeys.domain import Journey, NoSuchHold
from videocall.photos.queries import RequestView, asked_photo
from videocall.settings import Settings
from videocall.tables import calls, heartbeats, journeys
from videocall.waits.queries import position

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
    wait_from_seconds: int | None
    """Every second customer waits longer than this."""
    wait_to_seconds: int | None
    """Four of five wait no longer than this; it grows at most once a minute."""
    opens_at: datetime | None = None
    """When the team is back, if closing time ended the waiting; an appointment can be booked."""
    place_kept_until: datetime | None = None
    """Until then a new call goes to the head of the queue."""
    reason_code: str | None
    repeat: Repeat | None
    attempts_left: int | None
    started_at: datetime | None
    """When the agent answered."""
    challenge: Prompt | None = None
    """The task that the customer is to do now; the app says when it is on the screen."""
    photo_request: RequestView | None = None
    """The photo that the app takes now, and sends by itself."""


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
    waits, talks = call.status in WAITING, call.status is Status.IN_CALL
    place = await position(tx, call, settings=settings, now=now) if waits else None
    shown = select(heartbeats.c.wait_from, heartbeats.c.wait_to)
    of_call = shown.where(heartbeats.c.call_id == call.id)
    told = (await tx.execute(of_call)).one_or_none() if waits else None
    closed = (call.status, call.reason_code) == (Status.RETRY_NEEDED, OFFICE_CLOSED)
    hours = await hours_of(tx, call.team, settings=settings) if closed else None
    journey = await tx.get_one(Journey, call.hold_id)
    let_back = call.repeat == "STORE" and not journey.only_at_store
    return CallView(
        call_id=call.id,
        hold_id=call.hold_id,
        status=call.status,
        label_vi=CLOSED if closed else LABELS[call.status],
        position=place,
        wait_from_seconds=told.wait_from if told else None,
        wait_to_seconds=told.wait_to if told else None,
        opens_at=hours.opens_after(now) if hours else None,
        place_kept_until=call.place_kept_until if call.keeps_place(now=now) else None,
        reason_code=call.reason_code,
        repeat="CALL" if let_back else call.repeat,
        attempts_left=settings.rejections if let_back else call.attempts_left,
        started_at=call.started_at,
        challenge=await prompt_of(tx, call.id) if talks else None,
        photo_request=await asked_photo(tx, call.id, now=now) if talks else None,
    )
