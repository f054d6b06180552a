"""The violations that are planted in a copy of the tree: each must turn its guard red."""

from dataclasses import dataclass

HOLD = "services/hold/src/hold"


@dataclass(frozen=True)
class Violation:
    """A violation: what is added to which file, who must notice, and what they must say."""

    file: str
    added: str
    guard: str
    says: str


VIOLATIONS = {
    "an unused import": Violation(f"{HOLD}/holds/domain.py", "import os\n", "ruff", "F401"),
    "a random id": Violation(
        f"{HOLD}/holds/domain.py", "from uuid import uuid4\n\nuuid4()\n", "ruff", "TID251"
    ),
    "naive time": Violation(
        f"{HOLD}/holds/domain.py",
        "from datetime import datetime\n\ndatetime.now()\n",
        "ruff",
        "DTZ005",
    ),
    "ugly code": Violation(f"{HOLD}/holds/domain.py", "x=  1\n", "format", "would be reformatted"),
    "a neighbour's code": Violation(
        f"{HOLD}/holds/commands.py",
        "import kyc.settings\n",
        "imports",
        "Services meet only on the bus",
    ),
    "a library that knows a service": Violation(
        "libs/kit/src/kit/errors.py",
        "import hold.settings\n",
        "imports",
        "Services stand on the kit",
    ),
    "events that know the kit": Violation(
        "libs/events/src/events/ids.py", "import kit.errors\n", "imports", "Services stand on"
    ),
    "facts that know the transport": Violation(
        "libs/events/src/events/facts/vocabulary.py",
        "import events.transport.health\n",
        "imports",
        "Facts lie below contracts",
    ),
    "contracts that know the transport": Violation(
        "libs/events/src/events/contracts/schemas.py",
        "import events.transport.health\n",
        "imports",
        "Facts lie below contracts",
    ),
    "a transport that knows the contracts": Violation(
        "libs/events/src/events/transport/health.py",
        "import events.contracts.schemas\n",
        "imports",
        "Facts lie below contracts",
    ),
    "a service that looks behind the transport's face": Violation(
        f"{HOLD}/consumers.py",
        "from events.transport import outbox\n",
        "imports",
        "the face of the transport",
    ),
    "a domain that talks": Violation(
        f"{HOLD}/holds/domain.py", "import sqlalchemy\n", "imports", "The domain decides"
    ),
    "a drawer for everything": Violation(
        f"{HOLD}/utils.py", '"""Odds and ends."""\n', "imports", "  hold.utils\n"
    ),
    "a noun that knows another noun's routes": Violation(
        "services/order/src/order/orders/api.py",
        "import order.refunds.api\n",
        "imports",
        "  order.orders.api -> order.refunds.api\n",
    ),
    "a fact that is dropped in another noun": Violation(
        f"{HOLD}/claims/commands.py",
        "\n\ndef forget(hold: Hold) -> None:\n    hold.release()\n",
        "facts",
        "never published",
    ),
    "a fact of a noun's own domain that is dropped": Violation(
        "services/order/src/order/refunds/commands.py",
        "\n\ndef forget(refund: Refund) -> None:\n    _ = refund.issue()\n",
        "facts",
        "never published",
    ),
    "a function that nobody calls": Violation(
        f"{HOLD}/main.py",
        "\n\ndef called_by_nobody() -> None:\n    pass\n",
        "unused",
        "'called_by_nobody'",
    ),
    "a setting that nothing reads": Violation(
        f"{HOLD}/settings.py",
        "\n\nclass OtherSettings(Settings):\n    forgotten_seconds: int = 5\n",
        "unused",
        "'forgotten_seconds'",
    ),
    "a long file": Violation(
        f"{HOLD}/main.py", "# one more line\n" * 250, "length", "split it by noun"
    ),
    "a long file outside the services": Violation(
        "chaos/src/chaos/__init__.py", "# one more line\n" * 250, "length", "split it by noun"
    ),
    "a docstring that names no subject": Violation(
        "tools/migrations.py",
        '\n\nclass Kept:\n    """What is kept."""\n',
        "docstrings",
        "begin with the subject or a verb: What is kept.",
    ),
    "a variable that says nothing of what it holds": Violation(
        f"{HOLD}/holds/domain.py", "\nfound = [None]\n", "names", "`found` says nothing"
    ),
    "a parameter that says nothing of what it holds": Violation(
        "services/hold/tests/conftest.py",
        "\n\ndef ask(who: str) -> str:\n    return who\n",
        "names",
        "`who` says nothing",
    ),
    "a migration with another's number": Violation(
        "services/hold/migrations/versions/0005_twice.py",
        'revision = "0005"\ndown_revision = "0004"\n',
        "migrations",
        "revision 0005 twice",
    ),
    "an event that is not written down": Violation(
        "libs/events/src/events/facts/hold.py",
        '\n\nclass HoldForgotten(Event):\n    """Nobody knows."""\n\n    hold_id: UUID\n',
        "contracts",
        "make schemas",
    ),
    "a promise that is broken": Violation(
        "libs/events/src/events/facts/hold.py",
        '\n\nHoldExpired.__annotations__["at"] = int\n'
        "HoldExpired.model_fields.pop('number_id')\nHoldExpired.model_rebuild(force=True)\n",
        "contracts",
        "would no longer mean",
    ),
    "a reaction that nobody can read about": Violation(
        f"{HOLD}/consumers.py",
        "\n\nfrom events import ShipmentLost\n\n\n@subscriptions.on(ShipmentLost)\n"
        'async def mourn(lost: ShipmentLost, tx: Tx) -> None:\n    """Mourn."""\n',
        "asyncapi",
        "Run `make schemas`",
    ),
    "an event that changed its words": Violation(
        "libs/events/src/events/facts/hold.py",
        '\n\nHoldExpired.__doc__ = "Too late."\n',
        "asyncapi",
        "docs/events/asyncapi.json is not what events and consumers say",
    ),
    "a route that the web's client does not know": Violation(
        f"{HOLD}/holds/api.py",
        '\n\n@router.get("/news", summary="News")\nasync def read_news() -> int:\n    return 1\n',
        "openapi",
        "Run `make openapi`",
    ),
    "an answer whose types the web's client would lose": Violation(
        f"{HOLD}/holds/api.py",
        '\n\n@router.get("/news", summary="News")\n'
        "async def read_news() -> list[tuple[int, str]]:\n    return []\n",
        "openapi",
        "Answer an object with named fields",
    ),
    "an event without a topic": Violation(
        "libs/events/src/events/facts/hold.py",
        '\n\nclass HoldForgotten(Event):\n    """Nobody knows."""\n\n    hold_id: UUID\n',
        "drift",
        "deploy/k8s/components/strimzi/topics.yaml says",
    ),
    "a route that Kubernetes does not know": Violation(
        "deploy/gateway/routes.toml",
        'public = ["GET /v1/news"]\n',
        "drift",
        "deploy/k8s/components/gateway-api/routes.yaml says",
    ),
    "a setting that production does not have": Violation(
        "deploy/src/deploy/environment.py",
        "\n\n_before = _own_variables\n\n\ndef _own_variables(*a, **k):\n"
        '    return {**_before(*a, **k), "hold": {"LOCK_MINUTES": "5"}}\n',
        "drift",
        "[prod.outside.hold] does not say LOCK_MINUTES",
    ),
    "a rendered file that was edited": Violation(
        "deploy/k8s/base/services/hold.yaml", "# by hand\n", "drift", "hold.yaml is longer"
    ),
    "a wrong type": Violation(
        "libs/kit/src/kit/errors.py", 'ANSWER: int = "forty-two"\n', "types", "Incompatible types"
    ),
}
