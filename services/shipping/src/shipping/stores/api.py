"""HTTP: the store list, for everybody."""

from typing import Annotated

from fastapi import APIRouter, Query

from events import Region
from kit.paging import Page
from shipping.stores import queries
from shipping.stores.queries import StoreView

router = APIRouter(prefix="/v1/stores", tags=["stores"])


@router.get("", summary="Stores where a SIM can be collected")
async def list_stores(
    region: Region | None = None,
    province: Annotated[str | None, Query(max_length=64, description="Code or full name")] = None,
) -> Page[StoreView]:
    """List the stores a customer may choose from (F3.7, F3.9). The list is one page."""
    return Page(items=queries.find(region, province))
