"""What the routes of every noun need: settings, keys, and who may do what."""

from typing import Annotated

from fastapi import Depends

from kit.auth import Caller, WrongRole, staff


def _shop_code(who: Annotated[Caller, Depends(staff("store_staff"))]) -> str:
    if who.shop_code is None:
        raise WrongRole
    return who.shop_code


Osp = Annotated[Caller, Depends(staff("osp_staff", "admin"))]
"""OSP's staff, who pack parcels and hand them to couriers."""
ShopCode = Annotated[str, Depends(_shop_code)]
"""The store whose staff is calling."""
