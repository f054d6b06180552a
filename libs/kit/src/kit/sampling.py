"""Sampling of traces: whole journeys are kept or dropped, attributes with secrets never kept."""

from collections.abc import Sequence
from typing import Final

from opentelemetry.context import Context
from opentelemetry.sdk.trace.sampling import (
    Decision,
    ParentBased,
    Sampler,
    SamplingResult,
    TraceIdRatioBased,
)
from opentelemetry.semconv.attributes.url_attributes import URL_PATH, URL_QUERY
from opentelemetry.trace import Link, SpanKind, TraceState, get_current_span
from opentelemetry.util.types import Attributes

REDACTED: Final = frozenset({URL_PATH, URL_QUERY})
"""A webhook's path has its secret, a search its number. `http.route` stays, and names no one."""


class LinkedTraceSampler(Sampler):
    """Samples by the parent, else by the links: what a kept span causes is kept, days later too."""

    def __init__(self, ratio: float) -> None:
        self._ratio, self._follow = ratio, ParentBased(TraceIdRatioBased(ratio))

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        """Follow the parent, or else what is linked; choose among what has neither."""
        kept_attributes = {
            name: value for name, value in (attributes or {}).items() if name not in REDACTED
        }
        if links and not get_current_span(parent_context).get_span_context().is_valid:
            kept = any(link.context.trace_flags.sampled for link in links)
            return SamplingResult(
                Decision.RECORD_AND_SAMPLE if kept else Decision.DROP, kept_attributes
            )
        return self._follow.should_sample(
            parent_context, trace_id, name, kind, kept_attributes, links, trace_state
        )

    def get_description(self) -> str:
        """Return the sampler's name and ratio."""
        return f"LinkedTraceSampler({self._ratio})"
