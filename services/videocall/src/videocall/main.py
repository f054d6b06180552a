"""Wires videocall together. The only module that knows every other."""

from typing import Final

import httpx
from fastapi import FastAPI

from kit import clock
from kit.db import Database
from kit.revocations.checking import Revocations
from kit.sealing import Sealer
from kit.service import assemble
from kit.uptime import Uptime
from videocall.accesses import api as accesses
from videocall.answers import api as answers
from videocall.appointments import api as appointments
from videocall.audits import api as audits
from videocall.board import api as board
from videocall.consents import api as consents
from videocall.consumers import subscriptions
from videocall.desk import api as desk
from videocall.edits import api as edits
from videocall.evidence import api as evidence
from videocall.examinations import api as examinations
from videocall.figures import api as figures
from videocall.hours import api as hours
from videocall.jobs import schedule
from videocall.media.gateways import MediaNodes
from videocall.overflows import api as overflows
from videocall.pilots import api as pilots
from videocall.playback import api as playback
from videocall.playback.commands import Playback
from videocall.queue import api as queue
from videocall.retention import api as retention
from videocall.reviews import api as reviews
from videocall.settings import Settings
from videocall.shifts import api as shifts
from videocall.signalling import api as signalling
from videocall.signalling.commands import Signalling
from videocall.sockets import api as sockets
from videocall.sockets.commands import Sockets
from videocall.supervision import api as supervision
from videocall.teams import api as teams
from videocall.tickets.commands import Tickets
from videocall.voices import api as voices
from videocall.walls import api as walls

MEDIA_SECONDS: Final = 5.0
"""The time that a media node may take for an answer."""


def create_app(settings: Settings, db: Database, http: httpx.AsyncClient | None = None) -> FastAPI:
    """Build the service from its parts; `http` reaches media nodes."""
    sealer = Sealer(settings.keys_dir, "videocall")
    plane = media_plane(settings, http or httpx.AsyncClient(timeout=MEDIA_SECONDS))
    return assemble(
        "videocall",
        settings,
        db=db,
        routers=[
            consents.router,
            queue.router,
            appointments.router,
            shifts.router,
            desk.router,
            signalling.router,
            signalling.desk,
            examinations.router,
            answers.router,
            evidence.router,
            playback.router,
            reviews.router,
            retention.router,
            supervision.router,
            voices.router,
            audits.router,
            teams.router,
            board.router,
            walls.router,
            figures.router,
            hours.router,
            edits.router,
            pilots.router,
            overflows.router,
            accesses.router,
            sockets.router,
        ],
        subscriptions=subscriptions,
        jobs=schedule(settings, plane, Uptime(clock.now())),
        parts={
            "sealer": sealer,
            "signalling": Signalling(db, plane, sealer),
            "tickets": Tickets(sealer),
            "sockets": Sockets(db, settings, Revocations(db)),
            "playback": Playback(db, plane, sealer),
        },
    )


def media_plane(settings: Settings, http: httpx.AsyncClient) -> MediaNodes:
    """Reach the media nodes of the environment."""
    return MediaNodes(http, settings.media_nodes, settings.media_secret.get_secret_value())


def app() -> FastAPI:
    """Start from the environment: `uvicorn --factory videocall.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
