"""Messages at the end of a step: documents, connection, eSIM, password."""

from typing import Any

import pytest
from services.notification.tests.readers import NOON, World, sample, slip

from events import (
    ConnectionCompleted,
    ConnectionRejected,
    EsimInstalled,
    EsimInstallFailed,
    EsimProfileIssued,
    Event,
    KycFailed,
    PasswordChanged,
)
from notification.messages.consumers import TOLD


async def test_the_result_of_a_physical_sim_goes_everywhere(world: World) -> None:
    """F5a.13 TH1, F5a.15, G38."""
    item, ways = await told_about(world, ConnectionCompleted, sim="PHYSICAL")

    assert sorted(ways) == ["EMAIL", "INBOX", "SMS"]
    assert item["title"] == "Số 0909 123 456 đã hòa mạng"
    assert "lắp SIM" in item["body"]


@pytest.mark.parametrize("sim", ["PHYSICAL", "ESIM"])
async def test_a_refusal_says_why_and_what_to_do(world: World, sim: str) -> None:
    """F5a.13 TH2, F5a.17; F5b.12 TH2, F5b.19."""
    item, ways = await told_about(
        world, ConnectionRejected, sim=sim, reason_code="DOC_BLUR", repeat="PHOTO"
    )

    assert sorted(ways) == ["EMAIL", "INBOX", "SMS"]
    assert "ảnh giấy tờ bị mờ" in item["body"]
    assert "chụp lại giấy tờ" in item["body"]


async def test_the_esim_goes_to_inbox_and_mail_without_its_code(world: World) -> None:
    """F5b.13: push and e-mail both; the link asks who you are."""
    item, ways = await told_about(world, EsimProfileIssued)

    assert sorted(ways) == ["EMAIL", "INBOX"]
    assert item["link"] == f"/esim/{item['hold_id']}"
    mail = world.mailbox.received[-1]
    plain, html = (part.get_content() for part in mail.iter_parts())
    link = f"https://chonso.example.vn/esim/{item['hold_id']}"
    assert link in plain
    assert f'href="{link}"' in html
    assert "LPA:" not in plain + html
    assert "Thêm eSIM" in plain


async def test_an_installed_esim_is_told(world: World) -> None:
    """F5b.14 TH1, F5b.16."""
    _, ways = await told_about(world, EsimInstalled)

    assert sorted(ways) == ["EMAIL", "INBOX"]


async def test_a_failed_scan_is_told_with_help(world: World) -> None:
    """F5b.14 TH2, F5b.17, F5b.19, G29: the line stays connected."""
    item, ways = await told_about(world, EsimInstallFailed, reason_code="MEMORY_FULL")

    assert sorted(ways) == ["EMAIL", "INBOX", "SMS"]
    assert "vẫn hòa mạng" in item["body"]
    assert item["link"] == f"/esim/{item['hold_id']}"


async def test_failed_documents_are_explained_one_by_one(world: World) -> None:
    """F5a.7 TH1, F5b.6 TH2."""
    item, _ = await told_about(
        world,
        KycFailed,
        reason_codes=["DOC_GLARE", "DOC_INCONSISTENT:full_name"],
        repeat="PHOTO",
        attempts_left=3,
    )

    assert "- ảnh giấy tờ bị lóa\n- thông tin trên giấy tờ không khớp nhau" in item["body"]
    assert "còn lại: 3" in item["body"]


async def test_a_changed_password_is_told_to_its_owner(world: World) -> None:
    """F2.11: it belongs to no journey."""
    lan = world.customer()
    await lan.can_be_reached()

    await world.deliver(PasswordChanged(occurred_at=NOON, subject_id=lan.id, because="RESET"))
    await world.tasks_run()

    item = (await lan.inbox())["items"][0]
    assert (item["template"], item["hold_id"], item["link"]) == ("password_changed", None, None)
    assert len(world.sms.sent) == 1


async def told_about(
    world: World, event: type[Event], *, sim: str = "ESIM", **values: Any
) -> tuple[dict[str, Any], list[str]]:
    lan = world.customer()
    await lan.can_be_reached()
    locked, created = slip(lan.id, sim=sim)
    await world.deliver(locked, created, sample(event, hold_id=created.hold_id, **values))
    await world.tasks_run()
    template = TOLD[event]
    item = next(i for i in (await lan.inbox())["items"] if i["template"] == template)
    return item, [channel for name, channel in await world.sent() if name == template]
