"""Long lists, a page at a time, by the last id seen: no page is skipped or repeated."""

from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=100, description="How many items a page has")]
After = Annotated[UUID | None, Query(description="`next` of the page before")]


class Page(BaseModel, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: UUID | None = None
    """Pass it as `after` to read on; null at the end."""
