"""Registering, signing in and out, and a password forgotten, as a person does it (flows 1, 2)."""

import re

from tests.web.conftest import Opened


async def test_a_stranger_registers_and_is_back_where_they_were(visits: Opened) -> None:
    """F1.3 to F1.12: the number that was chosen before is still chosen after."""
    visitor = await visits()
    await visitor.opens("/?so=???????868")
    await visitor.page.get_by_role("button", name=re.compile("^Giữ số 0")).first.click()
    await visitor.presses("Đăng nhập để giữ số")
    await visitor.presses("Đăng ký")
    await visitor.registers()
    await visitor.stands_at(re.compile(r"/\?so=.*&giu=0"))
    await visitor.presses("Giữ số")
    await visitor.stands_at(re.compile(r"/holds/[0-9a-f-]{36}/form$"))
    await visitor.reads("Số được giữ tạm trong")
    assert visitor.complaints == []
