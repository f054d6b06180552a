"""Screens that a test begins with, and sheets that are answered."""

from tests.web.applicant import Applicant
from tests.web.conftest import Opened

from demo.customer import Customer


async def opened_by(visits: Opened, customer: Customer, path: str) -> Applicant:
    """Open a screen of a customer's journey, signed in as that customer."""
    visitor = await visits()
    await visitor.signs_in_as(customer)
    order_id = customer.order.get("order_id", "")
    await visitor.opens(path.format(hold_id=customer.hold.get("hold_id", ""), order_id=order_id))
    return visitor


async def confirms(visitor: Applicant, name: str) -> None:
    """Press a button of the sheet that is open."""
    sheet = visitor.page.get_by_role("dialog")
    await sheet.get_by_role("button", name=name, exact=True).click()
