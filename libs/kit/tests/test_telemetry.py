"""Logs, spans and metrics leave a process by the real exporters, in a process of their own."""

import subprocess
import sys
from typing import Final

import pytest
from libs.kit.tests.sink import listening
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    SpanContext,
    TraceFlags,
    set_span_in_context,
)

from kit.sampling import LinkedTraceSampler

WORK: Final = """
import asyncio, os
from contextlib import suppress
from datetime import UTC, datetime
import httpx
from fastapi import FastAPI
from events import HoldReleased
from events.transport import tracing
from events.transport import Envelope
from events.ids import uuid7
from kit import telemetry

telemetry.set_up("thing", {endpoint!r}, {ratio})
app = FastAPI(telemetry=telemetry.OF_REQUESTS)
telemetry.add_metrics(app)

@app.post("/v1/things/{{secret}}")
async def act(secret: str) -> None:
    fact = HoldReleased(
        occurred_at=datetime.now(UTC), hold_id=uuid7(), number_id=uuid7(), reason_code="CUSTOMER"
    )
    envelope = Envelope.around(fact, tracing.headers_for(fact))
    with suppress(ValueError), tracing.Processing(envelope, fact, "x", again=False):
        raise ValueError(secret)

async def visit() -> str:
    door = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=door, base_url="http://thing") as client:
        (await client.post("/v1/things/s3cret?phone=84901234567")).raise_for_status()
        await client.get("/metrics")
        return (await client.get("/metrics")).text

print(asyncio.run(visit()))
telemetry.flush()
os._exit(0)  # as a process does that was forked from a warm one
"""


def work(endpoint: str | None, ratio: float = 1.0) -> str:
    script = WORK.format(endpoint=endpoint, ratio=ratio)
    done = subprocess.run(  # noqa: S603, our own words
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_last_spans_leave_and_a_number_points_to_its_trace() -> None:
    with listening() as sink:
        work(sink.endpoint)

    by_name = {span.name: span for _, span in sink.spans}
    route = "POST /v1/things/{secret}"
    assert set(by_name) == {route, "create HoldReleased", "process HoldReleased"}
    assert {service for service, _ in sink.spans} == {"thing"}
    assert len({span.trace_id for _, span in sink.spans}) == 1
    [took] = [m for m in sink.metrics if m.name == "messaging.process.duration"]
    [exemplar] = took.histogram.data_points[0].exemplars
    process = by_name["process HoldReleased"]
    assert (took.unit, exemplar.trace_id) == ("s", process.trace_id)
    assert exemplar.span_id == process.span_id
    assert "http.server.request.duration" in {metric.name for metric in sink.metrics}


def test_neither_a_path_nor_a_query_leaves() -> None:
    with listening() as sink:
        work(sink.endpoint)

    exported = " ".join(map(str, (sink.spans, sink.metrics)))
    assert "s3cret" not in exported
    assert "84901234567" not in exported


def test_what_is_not_sampled_is_counted_all_the_same() -> None:
    with listening() as sink:
        work(sink.endpoint, 0.0)

    assert sink.spans == []
    assert "messaging.process.duration" in {metric.name for metric in sink.metrics}


def test_prometheus_reads_the_same_numbers_without_a_collector() -> None:
    page = work(None)

    assert "messaging_process_duration_seconds_count{" in page
    assert "http_server_request_duration_seconds_count{" in page
    assert '"/metrics"' not in page  # reading metrics is not counted


@pytest.mark.parametrize(
    ("linked", "decision"), [(True, Decision.RECORD_AND_SAMPLE), (False, Decision.DROP)]
)
def test_a_journey_is_kept_over_its_pauses_or_not_at_all(
    *, linked: bool, decision: Decision
) -> None:
    before = SpanContext(1, 2, is_remote=True, trace_flags=TraceFlags(linked))

    for ratio in (0.0, 1.0):
        chosen = LinkedTraceSampler(ratio).should_sample(None, 3, "process", links=[Link(before)])
        assert chosen.decision is decision


def test_a_parent_decides_whatever_is_linked() -> None:
    kept = SpanContext(1, 2, is_remote=True, trace_flags=TraceFlags(1))
    parent = set_span_in_context(NonRecordingSpan(SpanContext(3, 4, is_remote=True)))

    chosen = LinkedTraceSampler(1.0).should_sample(parent, 3, "send", links=[Link(kept)])

    assert chosen.decision is Decision.DROP
