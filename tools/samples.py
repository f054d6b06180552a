"""Write a golden sample of every event that has none: what was once on a topic stays readable.

A sample is never written twice. It is what an event looked like on the day it was new, and the
tests read it with the model of today.
"""

import json
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from uuid import UUID, uuid5

from pydantic.fields import FieldInfo

from events import CATALOGUE, Event

SAMPLES = Path("libs/events/contracts/samples")
ORIGIN = UUID("019a4000-0000-7000-8000-000000000000")

REALISTIC: dict[str, Any] = {
    "msisdn": "84909123456",
    "hold_code": "GS261102K7M2Q4",
    "channel_code": "KV2WEB",
    "shop_code": "2HCM0001",
    "store_code": "2HCM0001",
    "promotion_code": "KMTN4G",
    "package_code": "TN4G",
    "price_class": "C2",
    "price_vnd": 500_000,
    "sim_fee_vnd": 25_000,
    "commitment_vnd_per_month": 300_000,
    "commitment_months": 12,
    "amount_vnd": 525_000,
    "total_vnd": 525_000,
    "refund_due_vnd": 525_000,
    "channel_paid_vnd": 525_000,
    "stock_region": "KV2",
    "region": "KV2",
    "carrier": "GHN",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "tracking_code": "GHN5UD3K7L",
    "sim_serial": "8984012203012345678",
    "team": "KV2",
    "template": "hold.created",
    "text_version": "2026-10",
    "rule": "stock-region",
    "roles": ["call_agent"],
    "regions": ["KV2"],
    "reason_code": "CUSTOMER_REQUEST",
    "reason_codes": ["FACE_MISMATCH"],
    "attempt": 1,
    "submission": 1,
    "attempts_left": 4,
    "day": "2026-11-02",
    "root": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "calls": 0,
}


def value_of(event: type[Event], name: str, field: FieldInfo) -> Any:
    """Choose a value that could be true."""
    kinds = get_args(field.annotation) or (field.annotation,)
    if name in REALISTIC:
        return REALISTIC[name]
    if get_origin(field.annotation) is Literal:
        return get_args(field.annotation)[0]
    if UUID in kinds:
        return str(uuid5(ORIGIN, name if name != "event_id" else event.__name__))
    if bool in kinds:
        return True
    if name.endswith(("_at", "_until", "_before")):
        return "2026-11-02T05:00:00Z"
    raise LookupError(f"What would {event.__name__}.{name} be? Add it to REALISTIC.")


SAMPLES.mkdir(exist_ok=True)
for topic, model in CATALOGUE.items():
    path = SAMPLES / f"{topic}.json"
    if path.exists():
        continue
    fields = {n: value_of(model, n, f) for n, f in model.model_fields.items()}
    sample = model.model_validate_json(json.dumps(fields))
    path.write_text(json.dumps(sample.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n")
    print(path)
