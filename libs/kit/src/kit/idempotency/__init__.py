"""Idempotent requests: a repetition creates nothing twice, and one that differs is refused.

The caller names a request, by an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) or
by a reference of its own. Digests of its content and the id of its result are stored in the
transaction that creates the result: a repetition returns that id, and of two at a time one waits.
"""

from kit.idempotency.requests import (
    IdempotencyKey,
    IdempotentRequest,
    KeyOfAnotherRequest,
    differing_fields,
    find_result,
    save_result,
)

__all__ = [
    "IdempotencyKey",
    "IdempotentRequest",
    "KeyOfAnotherRequest",
    "differing_fields",
    "find_result",
    "save_result",
]
