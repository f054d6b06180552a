"""Long lists, a page at a time, by the last id seen: no page is skipped or repeated."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar
from uuid import UUID

import structlog
from fastapi import Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Row, Select

from kit.errors import Invalid

if TYPE_CHECKING:
    from kit.db import Tx

T = TypeVar("T")
R = TypeVar("R")
K = TypeVar("K", UUID, int)

log = structlog.get_logger()

Limit = Annotated[int, Query(ge=1, le=100, description="How many items a page has")]
After = Annotated[UUID | None, Query(description="`next` of the page before")]


class Page(BaseModel, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: UUID | None = None
    """Pass it as `after` to read on; null at the end."""


@dataclass(eq=False)
class UnknownCursor(Invalid):
    """This list never gave out such a cursor: begin again with its first page."""

    after: UUID | int


@dataclass(eq=False)
class UnknownFilter(Invalid):
    """This list has no such filter; the description of the service names those it has."""

    filters: list[str]


async def page_of(
    tx: "Tx",
    rows: Select[*tuple[Any, ...]],
    column: ColumnElement[UUID],
    view: Callable[[Row[*tuple[Any, ...]]], T],
    *,
    limit: int,
    after: UUID | None,
    newest_first: bool = False,
    cursors: Select[*tuple[Any, ...]] | None = None,
) -> Page[T]:
    """Return a page of `rows` in the order of `column`, each shown by `view`.

    The page begins behind the row `after`, which must be among `cursors` (`rows` if unset): so
    `cursors` is all that this caller may see, also what has left the list since the page before.
    Raises `UnknownCursor`. A row that cannot be shown is left out and logged.
    """
    if after is not None:
        seen = rows if cursors is None else cursors
        if (await tx.execute(seen.where(column == after).limit(1))).first() is None:
            raise UnknownCursor(after)
        rows = rows.where(column < after if newest_first else column > after)
    order = column.desc() if newest_first else column.asc()
    paged = rows.add_columns(column.label("page_cursor")).order_by(order).limit(limit + 1)
    behind_cursor = (await tx.execute(paged)).all()
    following = behind_cursor[limit - 1].page_cursor if len(behind_cursor) > limit else None
    return Page(items=each_readable(behind_cursor[:limit], view), next=following)


async def known_cursor(tx: "Tx", ids: Select[K], after: K) -> None:
    """Refuse to read on after what is not among the ids that a list may show."""
    [column] = ids.selected_columns
    if await tx.scalar(ids.where(column == after)) is None:
        raise UnknownCursor(after)


def each_readable(rows: Iterable[R], view: Callable[[R], T]) -> list[T]:
    """Show rows; one that cannot be shown is left out and logged, and harms no other."""
    shown = []
    for row in rows:
        try:
            shown.append(view(row))
        except Exception as error:  # noqa: BLE001, whatever is wrong with it, the others are right
            row_id = str(getattr(row, "id", None) or getattr(row, "page_cursor", None))
            log.error("row_cannot_be_shown", row_id=row_id, error=type(error).__name__)  # noqa: TRY400
    return shown


async def known_filters(request: Request) -> None:
    """Refuse query parameters that a GET does not document: a filter ignored shows too much."""
    if request.method != "GET" or not request.query_params:
        return
    route: Any = request.scope["route"]
    if not isinstance(route, APIRoute) or (route.openapi_extra or {}).get("x-any-query"):
        return
    if unknown := sorted(set(request.query_params) - query_names(route.dependant)):
        raise UnknownFilter([name[:40] for name in unknown[:10]])


def query_names(dependant: Dependant) -> set[str]:
    """Return the names of the query parameters that a route and its dependencies take.

    The OpenAPI document says the same, but takes a third of a second to write.
    """
    fields = [field for each in _with_dependencies(dependant) for field in each.query_params]
    return {field.alias for field in get_flat_params(Dependant(query_params=fields))}


def _with_dependencies(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for needed in dependant.dependencies:
        yield from _with_dependencies(needed)
