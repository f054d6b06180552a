"""A token that identity ended opens no other service either, within seconds (F1.18, F2.11, SD)."""

from demo.actors import Actors
from demo.gateway import Gateway, until
from events.ids import uuid7

IDENTITY = "/api/identity/v1"
SECONDS = 10


async def is_refused_by(door: Gateway, path: str) -> bool:
    """Wait until a service refuses what it took before."""

    async def refused() -> bool:
        return (await door.raw("GET", path)).status_code == 401

    return await until(f"{path} is closed", refused, seconds=SECONDS)


async def test_a_signed_out_token_opens_nothing_anywhere(actors: Actors) -> None:
    lan = await actors.customer()
    door = lan.gateway
    assert (await door.raw("GET", "/api/hold/v1/holds")).status_code == 200

    await door.delete(f"{IDENTITY}/sessions/current")

    for path in ("/api/hold/v1/holds", "/api/order/v1/orders", "/api/identity/v1/me"):
        assert await is_refused_by(door, path)


async def test_who_is_dismissed_sees_nothing_more(actors: Actors) -> None:
    admin = await actors.desk("admin")
    name = f"leaver-{uuid7().hex[-8:]}"
    hired = {"username": name, "password": "mot-mat-khau-dai", "roles": ["osp_staff"]}
    staff_id = (await admin.post(f"{IDENTITY}/staff", hired))["id"]
    login = {"username": name, "password": "mot-mat-khau-dai"}
    token = (await actors.gateway.post(f"{IDENTITY}/staff-sessions", login))["access_token"]
    door = actors.gateway.as_(token)
    assert (await door.raw("GET", "/api/order/v1/staff/orders")).status_code == 200

    dismissed = await admin.raw("PATCH", f"{IDENTITY}/staff/{staff_id}", json={"active": False})

    assert dismissed.status_code == 200
    assert await is_refused_by(door, "/api/order/v1/staff/orders")
