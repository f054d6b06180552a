"""A collector for tests: takes OTLP over HTTP and keeps what it was told."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

if TYPE_CHECKING:
    from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric
    from opentelemetry.proto.trace.v1.trace_pb2 import Span


class Sink:
    """The requests that have arrived, decoded when read, so that no sender waits for it."""

    def __init__(self) -> None:
        self.endpoint = ""
        self.requests: list[tuple[str, bytes]] = []

    @property
    def spans(self) -> "list[tuple[str, Span]]":
        """All spans, each with the name of its service."""
        spans = []
        for body in self._bodies("/v1/traces"):
            for of_service in ExportTraceServiceRequest.FromString(body).resource_spans:
                attributes = of_service.resource.attributes
                [name] = [a.value.string_value for a in attributes if a.key == "service.name"]
                for of_scope in of_service.scope_spans:
                    spans += [(name, span) for span in of_scope.spans]
        return spans

    @property
    def metrics(self) -> "list[Metric]":
        """All metrics, as often as they were told."""
        requests = map(ExportMetricsServiceRequest.FromString, self._bodies("/v1/metrics"))
        every = (of_one for request in requests for of_one in request.resource_metrics)
        return [
            metric
            for of_one in every
            for of_scope in of_one.scope_metrics
            for metric in of_scope.metrics
        ]

    def _bodies(self, path: str) -> list[bytes]:
        return [body for to, body in self.requests if to == path]


@contextmanager
def listening() -> Iterator[Sink]:
    """Take what is sent while the block runs."""
    sink = Sink()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            sink.requests.append((self.path, body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        sink.endpoint = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield sink
        server.shutdown()
        thread.join()
