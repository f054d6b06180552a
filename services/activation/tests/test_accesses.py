"""The access log of activation, for auditors (LAW19)."""

from services.activation.tests.journey import Journey

from kit.testing import client, token_for


async def test_another_regions_look_is_no_cursor_for_an_auditor(physical: Journey) -> None:
    """LAW19: an auditor's list is read on only after what it could have shown."""
    await physical.queues()
    desk = f"/v1/desk/{physical.hold_id}"
    async with physical.officer() as officer:
        await officer.post(f"{desk}/claim")
        await officer.get(f"{desk}/dossier")
    everywhere = token_for(physical.keys, "staff", roles=["auditor"])
    elsewhere = token_for(physical.keys, "staff", roles=["auditor"], regions=["KV5"])

    async with client(physical.app, everywhere) as audit:
        [look] = (await audit.get("/v1/access-log")).json()["items"]
        after = await audit.get("/v1/access-log", params={"after": look["id"]})
    async with client(physical.app, elsewhere) as audit:
        theirs = await audit.get("/v1/access-log", params={"after": look["id"]})

    assert after.json() == {"items": [], "next": None}
    assert (theirs.status_code, theirs.json()["type"]) == (422, "/problems/unknown-cursor")
