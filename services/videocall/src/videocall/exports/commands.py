"""Writing a call's evidence into a folder, with a manifest of all files (P5.1, LAW12)."""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from kit.sealing import Sealer
from videocall.calls.commands import locked
from videocall.calls.domain import Call
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.evidence.queries import photo_of
from videocall.exports.domain import Encode, Take
from videocall.playback.commands import Playback
from videocall.recordings.domain import BOTH
from videocall.tables import photos

MANIFEST: Final = "manifest.json"
FILM: Final = "call.mp4"


@dataclass(frozen=True)
class Exports:
    """Writes evidence for those who may have it in the clear."""

    playback: Playback

    @property
    def sealer(self) -> Sealer:
        """Return what opens the service's own seals."""
        return self.playback.sealer

    async def write(
        self, call_id: UUID, folder: Path, encode: Encode | None = None, *, now: datetime
    ) -> Path:
        """Write a call's recording, stills and events; return the manifest that names them all.

        The folder must not be there yet. The call's chain gets the manifest's fingerprint.
        `encode` makes a film of what customer and agent sent, beside the parts as they are.
        """
        evidence = await self.playback.evidence(call_id)
        files = {"events.json": _text([e.model_dump(mode="json") for e in evidence.events])}
        takes: list[Take] = []
        for part in evidence.parts:
            if part.blocks:
                webm = await self.playback.playable(call_id, part.role, part.part)
                files[f"{part.role}-{part.part}.webm"] = webm
                if part.starts_at and part.role in BOTH:
                    takes.append(Take(part.role, part.starts_at, webm))
        if encode and takes:
            files[FILM] = await asyncio.to_thread(encode, takes)
        files |= await self._stills(call_id)
        about = evidence.model_dump(mode="json", exclude={"events"})
        listed = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        manifest = _text(about | {"exported_at": now.isoformat(), "sha256": listed})
        await asyncio.to_thread(_write, folder, files | {MANIFEST: manifest})
        async with self.playback.db.transaction() as tx:
            await locked(tx, call_id)
            body = {"manifest_sha256": hashlib.sha256(manifest).hexdigest()}
            await append(tx, call_id, EventKind.EXPORTED, body, at=now)
        return folder / MANIFEST

    async def _stills(self, call_id: UUID) -> dict[str, bytes]:
        columns = (photos.c.kind, photos.c.sha256)
        of_call = select(*columns).where(photos.c.call_id == call_id).distinct()
        async with self.playback.db.transaction() as tx:
            call = await tx.get_one(Call, call_id)
            return {
                f"{kind}-{sha256[:16]}.jpg": await photo_of(
                    tx, call, kind, self.sealer, sha256=sha256
                )
                for kind, sha256 in (await tx.execute(of_call)).all()
            }


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _text(value: Any) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
