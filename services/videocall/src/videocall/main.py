"""Wires videocall together. The only module that knows every other."""

from fastapi import FastAPI

from kit import clock
from kit.db import Database
from kit.sealing import Sealer
from kit.service import assemble
from videocall.accesses import api as accesses
from videocall.appointments import api as appointments
from videocall.audits import api as audits
from videocall.board import api as board
from videocall.consumers import subscriptions
from videocall.desk import api as desk
from videocall.evidence import api as evidence
from videocall.jobs import schedule
from videocall.queue import api as queue
from videocall.reviews import api as reviews
from videocall.settings import Settings
from videocall.shifts import api as shifts
from videocall.teams import api as teams


def create_app(settings: Settings, db: Database) -> FastAPI:
    """Build the service from its parts."""
    return assemble(
        "videocall",
        settings,
        db=db,
        routers=[
            queue.router,
            appointments.router,
            shifts.router,
            desk.router,
            evidence.router,
            reviews.router,
            audits.router,
            teams.router,
            board.router,
            accesses.router,
        ],
        subscriptions=subscriptions,
        jobs=schedule(settings, since=clock.now()),
        parts={"sealer": Sealer(settings.keys_dir, "videocall")},
    )


def app() -> FastAPI:
    """Start from the environment: `uvicorn --factory videocall.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
