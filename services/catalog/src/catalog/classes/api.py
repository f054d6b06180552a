"""HTTP: the classes of numbers, for everybody to read."""

from fastapi import APIRouter
from pydantic import BaseModel

from catalog.classes.domain import CLASSES, RANK

router = APIRouter(prefix="/v1", tags=["numbers"])


class ClassView(BaseModel):
    """A class of numbers; rank 1 is the best."""

    code: str
    name_vi: str
    rank: int


class Classes(BaseModel):
    """All classes, on one page."""

    items: list[ClassView]
    next: None = None


@router.get("/number-classes", summary="Classes of numbers, best first")
async def list_classes() -> Classes:
    """Show how numbers are classed and called."""
    return Classes(
        items=[ClassView(code=c.code, name_vi=c.name_vi, rank=RANK[c.code]) for c in CLASSES]
    )
