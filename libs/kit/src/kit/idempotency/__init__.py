"""A creating request that is repeated makes nothing twice; one that says something else is refused.

The caller names a request, by an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) or
by a reference of its own. What the request said and what it made are remembered in the transaction
that made it, so that a repetition is answered with the same thing, and of a race one wins.
"""

from kit.idempotency.requests import (
    IdempotencyKey,
    KeyOfAnotherRequest,
    Named,
    differing,
    made_by,
    remember,
)

__all__ = [
    "IdempotencyKey",
    "KeyOfAnotherRequest",
    "Named",
    "differing",
    "made_by",
    "remember",
]
