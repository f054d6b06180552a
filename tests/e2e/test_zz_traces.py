"""After all journeys: they can be followed from service to service, and read about nobody.

Runs last: it reads what the services have sent to a collector during the whole run.
"""

from collections import defaultdict

from libs.kit.tests.sink import Sink
from tests.e2e.conftest import TRACED
from tests.e2e.test_zz_logs import told


def test_what_goes_on_by_itself_is_one_trace_through_all_services(sink: Sink) -> None:
    handlers: defaultdict[bytes, set[str]] = defaultdict(set)
    for service, span in sink.spans:
        if span.name.startswith("process "):
            handlers[span.trace_id].add(service)

    assert set(TRACED) in handlers.values()


def test_nobody_can_be_read_about_in_a_trace_or_a_number(sink: Sink) -> None:
    spans = [(service, str(span)) for service, span in sink.spans]

    assert spans
    assert not list(told(spans))
    assert not list(told([(metric.name, str(metric)) for metric in sink.metrics]))
