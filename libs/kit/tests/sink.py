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
    """What has arrived, decoded."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, Span]] = []
        """Each with the name of its service."""
        self.metrics: list[Metric] = []
        self.endpoint = ""

    def take(self, path: str, body: bytes) -> None:
        """Decode one request."""
        if path == "/v1/traces":
            for of_service in ExportTraceServiceRequest.FromString(body).resource_spans:
                attributes = of_service.resource.attributes
                [name] = [a.value.string_value for a in attributes if a.key == "service.name"]
                for of_scope in of_service.scope_spans:
                    self.spans += [(name, span) for span in of_scope.spans]
        else:
            for of_one in ExportMetricsServiceRequest.FromString(body).resource_metrics:
                for some in of_one.scope_metrics:
                    self.metrics += some.metrics


@contextmanager
def listening() -> Iterator[Sink]:
    """Take what is sent while the block runs."""
    sink = Sink()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            sink.take(self.path, body)
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
