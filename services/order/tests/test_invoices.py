"""Invoices: one per order, over the total the customer agreed to (SB.3.4, G35)."""

from services.order.tests.world import HOME, World

from order.main import create_app


async def test_an_invoice_is_over_the_price_that_was_agreed_to(world: World) -> None:
    """SB.7: the fee for delivery may change between the order and its payment."""
    order = await world.place(await world.hold())
    dearer = world.settings.model_copy(update={"home_shipping_fee_vnd": HOME + 10_000})
    world.app = create_app(dearer, world.db, world.app.state.vnpay.http)

    await world.ipn(order["payment_url"])

    answer = await world.customer().get(f"/v1/orders/{order['order_id']}/invoice")
    invoice = answer.json()
    shipping = [line["total_vnd"] for line in invoice["lines"] if line["code"] == "SHIPPING"]
    assert invoice["total_vnd"] == order["total_vnd"]
    assert shipping == [HOME]
