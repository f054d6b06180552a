"""What must be true of every overlay; each rule says in sentences what is not."""

from collections.abc import Callable, Iterator
from typing import Final

from deploy.k8s.rules import bus, network, pods, resilience, routes, secrecy, settings
from deploy.k8s.rules.overlay import Overlay

Rule = Callable[[Overlay], Iterator[str]]

EVERYWHERE: Final[tuple[Rule, ...]] = (
    *pods.RULES,
    *resilience.RULES,
    *network.RULES,
    *secrecy.RULES,
    *settings.RULES,
)

WITH_OPERATORS: Final[tuple[Rule, ...]] = (
    *bus.WITH_OPERATORS,
    *resilience.WITH_OPERATORS,
    *routes.WITH_OPERATORS,
    *secrecy.WITH_OPERATORS,
)
