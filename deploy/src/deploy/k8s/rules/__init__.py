"""The rules of every overlay; each yields a sentence for each violation."""

from collections.abc import Callable, Iterator
from typing import Final

from deploy.k8s.rules import kafka, network, pods, resilience, routes, secrets, settings
from deploy.k8s.rules.overlay import Overlay

Rule = Callable[[Overlay], Iterator[str]]

EVERYWHERE: Final[tuple[Rule, ...]] = (
    *pods.RULES,
    *resilience.RULES,
    *network.RULES,
    *secrets.RULES,
    *settings.RULES,
)

WITH_OPERATORS: Final[tuple[Rule, ...]] = (
    *kafka.WITH_OPERATORS,
    *resilience.WITH_OPERATORS,
    *routes.WITH_OPERATORS,
    *secrets.WITH_OPERATORS,
)
