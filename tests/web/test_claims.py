"""A channel's customer finds their slip by code and phone, and claims it (SB.2.4, G11, P3.3)."""

import re

from tests.web.applicant import Applicant
from tests.web.conftest import Opened

from demo.actors import Actors


async def sold_by_a_channel(actors: Actors, visitor: Applicant) -> str:
    """Sell an eSIM to a person with an account; return its hold code (P2.2, P3.2)."""
    customer, channel = await actors.customer(), await actors.channel()
    visitor.person = customer.person
    hold = await channel.finds_and_sells(customer, "ESIM")
    return str(hold["hold_code"])


async def proves_phone(visitor: Applicant, confirm: str) -> None:
    """Ask for the code by SMS, enter it, and press on."""
    seen = await visitor.texts_so_far()
    await visitor.presses("Gửi mã xác thực")
    await visitor.enters(await visitor.code_by_sms(seen), confirm)


async def test_a_channels_customer_claims_the_slip_by_the_link(
    visits: Opened, actors: Actors
) -> None:
    """SB.2.4, G11, P3.3: looked up as a stranger first, then taken into the account."""
    visitor = await visits()
    code = await sold_by_a_channel(actors, visitor)
    await visitor.opens(f"/holds?code={code}")
    await visitor.stands_at(re.compile(r"/holds/lookup\?code="))
    await visitor.fills(phone=visitor.person.phone)
    await proves_phone(visitor, "Xem phiếu")
    await visitor.reads("Cần một tài khoản")
    await visitor.presses("Nhận phiếu này vào tài khoản")
    await visitor.signs_in()
    await visitor.stands_at(re.compile(r"/holds/claim\?code="))
    await proves_phone(visitor, "Nhận phiếu")
    await visitor.stands_at(re.compile(r"/holds/[0-9a-f-]{36}$"))
    await visitor.reads("Hòa mạng")
    assert visitor.complaints == []


async def test_a_mistyped_code_is_noticed_and_another_phone_opens_nothing(
    visits: Opened, actors: Actors
) -> None:
    """G11: a slip of the pen costs no SMS; a wrong phone learns nothing of the slip."""
    seller, visitor = await visits(), await visits()
    code = await sold_by_a_channel(actors, seller)
    await visitor.opens("/holds/lookup")
    await visitor.fills(hold_code=code[:-1], phone=visitor.person.phone)
    await visitor.presses("Gửi mã xác thực")
    await visitor.reads("Mã này chưa đúng")
    await visitor.fills(hold_code=code.lower())
    await proves_phone(visitor, "Xem phiếu")
    await visitor.reads("Không có phiếu nào khớp")
    assert visitor.complaints == []
