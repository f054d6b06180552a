"""HTTP: provinces and their wards, for everybody, to be kept for a day."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from kit.http import problems
from shipping.wards import queries
from shipping.wards.queries import NoSuchProvince, NoSuchWard, Provinces, WardPlace, Wards

router = APIRouter(prefix="/v1", tags=["wards"])

DAY: Final = "public, max-age=86400"
SAME: Final[dict[int | str, dict[str, Any]]] = {304: {"description": "As it was: If-None-Match"}}


@router.get("/provinces", summary="Provinces", response_model=Provinces, responses=SAME)
async def list_provinces(request: Request, response: Response) -> BaseModel | Response:
    """List the provinces and cities, to choose an address from (F3.8 TH1)."""
    return _unless_same(queries.provinces(), request, response)


@router.get(
    "/provinces/{province_code}/wards",
    summary="Wards of a province",
    response_model=Wards,
    responses=SAME | problems(NoSuchProvince),
)
async def list_wards(
    province_code: Annotated[str, Path(pattern="^[0-9]{2}$", examples=["79"])],
    request: Request,
    response: Response,
) -> BaseModel | Response:
    """List the wards, communes and special zones of a province (F3.8 TH1)."""
    return _unless_same(queries.wards_of(province_code), request, response)


@router.get(
    "/wards/{ward_code}",
    summary="One ward",
    response_model=WardPlace,
    responses=SAME | problems(NoSuchWard),
)
async def read_ward(
    ward_code: Annotated[str, Path(pattern="^[0-9]{5}$", examples=["26740"])],
    request: Request,
    response: Response,
) -> BaseModel | Response:
    """Name a ward and its province, for an address that was chosen before (F3.10)."""
    return _unless_same(queries.place_of(ward_code), request, response)


def _unless_same(answer: BaseModel, request: Request, response: Response) -> BaseModel | Response:
    headers = {"Cache-Control": DAY, "ETag": queries.tag_of(answer)}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return answer
