"""The SMTP server, which accepts every mail for every recipient."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy.exc import SQLAlchemyError

from kit import clock
from simulators.mail import store
from simulators.mail.reading import read
from simulators.simulation import Simulation

_MOST_BYTES: Final = 20 * 1024 * 1024
_SLOW_SECONDS: Final = 3.0
_LOST_SECONDS: Final = 30.0


class Mailbox:
    """Puts what arrives into the database before it says so."""

    def __init__(self, simulation: Simulation) -> None:
        self._world = simulation

    async def handle_DATA(  # noqa: N802, the server looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail, unless something is to go wrong."""
        faults = self._world.faults
        if slow := faults.take("mail", "slow"):
            await asyncio.sleep(slow.delay(_SLOW_SECONDS))
        if faults.take("mail", "error_500"):
            return "451 4.3.0 The mailbox is out of order"
        try:
            await self._keep(envelope)
        except SQLAlchemyError:
            return "451 4.3.0 Try again later"
        if lost := faults.take("mail", "timeout_after_effect"):
            await asyncio.sleep(lost.delay(_LOST_SECONDS))
            return "421 4.4.2 Timeout"
        return "250 2.0.0 Accepted"

    async def _keep(self, envelope: Envelope) -> None:
        raw = envelope.original_content or b""
        async with self._world.transaction() as tx:
            await store.receive(
                tx,
                read(raw),
                sender=envelope.mail_from or "",
                recipients=list(envelope.rcpt_tos),
                raw=raw,
                now=clock.now(),
            )


@asynccontextmanager
async def listening(simulation: Simulation) -> AsyncGenerator[None]:
    """Run the SMTP server; `simulation.smtp_port` is set to its port."""
    if simulation.settings.smtp_port is None:
        yield
        return
    loop = asyncio.get_running_loop()
    mailbox = Mailbox(simulation)

    def protocol() -> SMTP:
        return SMTP(
            mailbox,
            hostname="mail.chonso.test",
            ident="Chon So mailbox",
            enable_SMTPUTF8=True,
            data_size_limit=_MOST_BYTES,
            loop=loop,
        )

    server = await loop.create_server(
        protocol, simulation.settings.smtp_host, simulation.settings.smtp_port
    )
    simulation.smtp_port = server.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        server.close()
        await server.wait_closed()
