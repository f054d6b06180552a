"""What the routes of every noun need: settings, keys, and who may do what."""

from typing import Annotated

from fastapi import Depends, Request

from kit.auth import Caller, WrongRole, staff
from kit.sealing import Sealer
from kit.tokens import Signer
from shipping.settings import Settings


def _settings(request: Request) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def _sealer(request: Request) -> Sealer:
    sealer = request.app.state.sealer
    assert isinstance(sealer, Sealer)
    return sealer


def _signer(request: Request) -> Signer:
    signer = request.app.state.signer
    assert isinstance(signer, Signer)
    return signer


def _shop_code(who: Annotated[Caller, Depends(staff("store_staff"))]) -> str:
    if who.shop_code is None:
        raise WrongRole
    return who.shop_code


Config = Annotated[Settings, Depends(_settings)]
Seal = Annotated[Sealer, Depends(_sealer)]
Sign = Annotated[Signer, Depends(_signer)]
Osp = Annotated[Caller, Depends(staff("osp_staff", "admin"))]
"""OSP's staff, who pack parcels and hand them to couriers."""
ShopCode = Annotated[str, Depends(_shop_code)]
"""The store whose staff is calling."""
