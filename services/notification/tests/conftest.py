"""The notification service on a real database, an SMS gateway and a mail server to talk to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from aiosmtpd.smtp import SMTP
from services.notification.tests.readers import Mailbox, SmsGatewayStandIn, World

from kit import clock
from kit.db import Database
from kit.testing import empty
from notification.consumers import listening
from notification.main import create_app
from notification.messages.gateways import MailGateway, SmsGateway
from notification.settings import Settings


@pytest.fixture(scope="session")
async def database(service_database: Callable[[str], Awaitable[Database]]) -> Database:
    return await service_database("notification")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
async def smtp_port(mailbox: Mailbox) -> AsyncIterator[int]:
    def talk() -> SMTP:
        return SMTP(mailbox, hostname="mail.example.vn", enable_SMTPUTF8=True)

    server = await asyncio.get_running_loop().create_server(talk, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


@pytest.fixture
def settings(db: Database, keys_dir: Path, tmp_path: Path, smtp_port: int) -> Settings:
    return Settings.model_validate(
        {
            "database_url": db.engine.url.render_as_string(hide_password=False),
            "keys_dir": keys_dir,
            "sms_url": "http://sms",
            "smtp_host": "127.0.0.1",
            "smtp_port": smtp_port,
            "public_url": "https://chonso.example.vn",
            "clock_file": tmp_path / "clock",
        }
    )


@pytest.fixture
async def world(settings: Settings, db: Database, mailbox: Mailbox) -> AsyncIterator[World]:
    sms = SmsGatewayStandIn()
    gateway = SmsGateway("http://sms", httpx.ASGITransport(sms.app()))
    app = create_app(settings, db, {"SMS": gateway, "EMAIL": MailGateway(settings)})
    assert settings.clock_file
    yield World(app, db, listening(app.state.notifier), sms, mailbox, settings.clock_file)
    clock.follow(None)
