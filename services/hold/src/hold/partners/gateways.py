"""Partners at our routes: the owner of the holds that they sell."""

from typing import Annotated

from fastapi import Depends

from hold.holds.states import Owner
from kit.auth import Partner


async def _channel(partner: Partner) -> Owner:
    return Owner("CHANNEL", partner.subject_id, partner.channel_code)


RequestChannel = Annotated[Owner, Depends(_channel)]
"""A partner with the sales channel that its token names, open or closed."""
