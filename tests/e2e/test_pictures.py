"""Pictures as phones send them pass the gateway; bytes that only look like one are refused."""

import os
from datetime import UTC, datetime

from tests.e2e.stories import paid_esim

from demo import papers
from demo.actors import Actors
from kit.images import MAX_BYTES


async def test_a_motion_photo_of_eight_megabytes_is_taken_and_a_cut_file_is_not(
    actors: Actors,
) -> None:
    """F5b.4, K01."""
    nam = await paid_esim(actors)
    await nam.starts_activation()
    path = f"/api/kyc/v1/sessions/{nam.session_id}/images/FRONT"
    when = {"X-Captured-At": datetime.now(UTC).isoformat()}
    photo = papers.card(nam.person, "FRONT")
    film = b"\0\0\0\x18ftypmp42"

    whole = photo + film + os.urandom(MAX_BYTES - len(photo) - len(film))
    kept = await nam.gateway.photo("PUT", path, whole, **when)
    cut = await nam.gateway.raw(
        "PUT",
        path,
        content=photo[: len(photo) // 2] + b"\xff\xd9",
        headers={"Content-Type": "image/jpeg"} | when,
    )

    assert kept["kind"] == "FRONT"
    assert (cut.status_code, cut.json()["type"]) == (422, "/problems/not-a-picture")
