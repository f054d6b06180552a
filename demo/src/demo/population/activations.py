"""The states of joining the network: papers, calls, connections, eSIMs (flows 5a and 5b)."""

from demo.population.journey import Journey


async def papers_begun(journey: Journey) -> None:
    """Declare, and put the phone away before the photos (F5b.3)."""
    me = await journey.paid_esim()
    await me.starts_activation()
    await me.declares()


async def papers_failed(journey: Journey) -> None:
    """Show a face that is none (F5b.6 TH2)."""
    me = await journey.paid_esim()
    await me.starts_activation()
    await me.declares()
    await me.photographs(face={"live": False})
    await me.verifies()


async def needs_review(journey: Journey) -> None:
    """Show a card that no machine can read (G27)."""
    me = await journey.paid_esim()
    await me.starts_activation()
    await me.declares()
    for _ in range(3):
        await me.photographs(card={"blur": True})
        seen = await me.verifies()
    assert seen["status"] == "NEEDS_REVIEW", seen


async def sent_to_store(journey: Journey) -> None:
    """Fail until only a store can help (G27)."""
    await needs_review(journey)
    me, officer = journey.customer, await journey.staff.officer(journey.slot.region)
    case = f"/api/kyc/v1/cases/{me.hold_id}"
    await officer.gateway.post(f"{case}/claim")
    review = {"decision": "FAIL", "reason_code": "DOC_BLUR"}
    await officer.gateway.post(f"{case}/review", review)
    await me.kyc_is("KYC_FAILED")
    for _ in range(2):
        seen = await me.verifies()
    assert seen["repeat"] == "STORE", seen


async def call_waiting(journey: Journey) -> None:
    """Be on the line."""
    await (await journey.with_good_papers()).calls()


async def call_rejected(journey: Journey) -> None:
    """Be sent back for a better photo (F5b.7 TH1)."""
    await journey.with_good_papers()
    agent = await journey.is_answered()
    await agent.examines(journey.customer.person)
    await agent.rejects("PHOTO_UNCLEAR")


async def call_dropped(journey: Journey) -> None:
    """Lose the line in the middle of a call (G26)."""
    await journey.with_good_papers()
    agent = await journey.is_answered()
    await agent.ends()


async def call_approved(journey: Journey) -> None:
    """Be approved, and not sign yet (F5b.7 TH2)."""
    await journey.with_good_papers()
    await journey.is_approved()


async def approval_revoked(journey: Journey) -> None:
    """Lose the approval again after a supervisor's look (G28)."""
    await call_approved(journey)
    manager = await journey.staff.manager(journey.slot.region)
    path = f"/api/videocall/v1/desk/calls/{journey.customer.call_id}/revoke"
    await manager.post(path, {"reason_code": "FACE_MISMATCH"})


async def connection_queued(journey: Journey) -> None:
    """Wait for an officer (P4.1)."""
    await journey.sent()


async def connection_claimed(journey: Journey) -> None:
    """Lie before an officer (P6.1)."""
    me = await journey.sent()
    await (await journey.staff.officer(journey.slot.region)).claims(me.hold_id)


async def connection_refused(journey: Journey) -> None:
    """Be refused for the signature (F5b.18)."""
    me = await journey.sent()
    officer = await journey.staff.officer(journey.slot.region)
    await officer.refuses(me.hold_id, "SIGNATURE_INVALID", "Chữ ký không khớp với giấy tờ")
    await me.activation_is("REFUSED")


async def incident(journey: Journey) -> None:
    """Be connected by mSale in the name of the agent who approved the call (decision 0024)."""
    me, region = await journey.sent(), journey.slot.region
    call = f"/api/videocall/v1/desk/calls/{me.call_id}"
    agent_id = (await (await journey.staff.manager(region)).get(call))["agent_id"]
    await journey.outside.fault("msale", "wrong_officer", value=agent_id)
    officer = await journey.staff.officer(region)
    await officer.confirms(me.hold_id)
    await journey.is_listed(officer.gateway, "/api/activation/v1/desk/incidents")


async def esim_waiting(journey: Journey) -> None:
    """Have the QR code, and not scan it yet (F5b.13)."""
    me = await journey.sent()
    await (await journey.staff.officer(journey.slot.region)).confirms(me.hold_id)
    await me.activation_is("ESIM_QR_SENT")


async def esim_failed(journey: Journey) -> None:
    """Scan in vain (F5b.17)."""
    await esim_waiting(journey)
    await journey.customer.scans("FAILED", reason_code="CODE_EXPIRED")


async def esim_connected(journey: Journey) -> None:
    """Scan, and be on the network (F5b.15, F5b.16)."""
    await esim_waiting(journey)
    await journey.customer.scans()
    await journey.customer.activation_is("ACTIVATED")


async def sim_connected(journey: Journey) -> None:
    """Join with a SIM that came home (flow 5a)."""
    me, serial = journey.customer, await journey.delivered()
    verdict = await me.shows_papers()
    assert verdict["status"] == "KYC_PASSED", verdict
    await journey.is_approved()
    await me.enters_serial(serial)
    await me.signs()
    await me.sends()
    await (await journey.staff.officer(journey.slot.region)).confirms(me.hold_id)
    await me.activation_is("ACTIVATED")
