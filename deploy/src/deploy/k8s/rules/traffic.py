"""Permitted connections between pods, evaluated from NetworkPolicies as Kubernetes does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

from deploy.k8s.names import Object
from deploy.k8s.rules.overlay import selects


@dataclass(frozen=True)
class End:
    """One end of a connection: a pod, or an address outside."""

    name: str
    labels: dict[str, str] = field(default_factory=dict)
    namespace: str | None = None
    """The namespace; None for the suite's own."""
    address: str | None = None
    """The IP address of an end that is no pod."""

    @property
    def is_ours(self) -> bool:
        """Tell whether NetworkPolicies of our namespace apply to the end."""
        return not self.namespace and not self.address


Connection = tuple[str, str, int]
"""Caller, callee, port."""


@dataclass(frozen=True)
class Network:
    """The policies of our namespace."""

    policies: list[Object]

    def connections(self, ends: list[End], ports: list[int], *, agreed: bool) -> set[Connection]:
        """Return the connections that both sides permit (`agreed`), or at least one side."""
        enough = all if agreed else any
        out, into = self._rules("Egress", ends), self._rules("Ingress", ends)

        def sides(caller: End, called: End, port: int) -> Iterator[bool]:
            """Yield the decision of each side that lies in our namespace."""
            if caller.is_ours:
                yield _permit(out[caller.name], called, port)
            if called.is_ours:
                yield _permit(into[called.name], caller, port)

        return {
            (caller.name, called.name, port)
            for caller in ends
            for called in ends
            if caller is not called and (caller.is_ours or called.is_ours)
            for port in ports
            if enough(sides(caller, called, port))
        }

    def _rules(self, kind: str, ends: list[End]) -> dict[str, list[Object]]:
        """Return the rules of each of our ends, by its name: once, not for each connection."""
        return {end.name: list(self._rules_of(kind, end)) for end in ends if end.is_ours}

    def _rules_of(self, kind: str, subject: End) -> Iterator[Object]:
        for policy in self.policies:
            spec = policy["spec"]
            if kind in spec["policyTypes"] and selects(spec["podSelector"], subject.labels):
                # A policy without a rule chooses the pod, and so takes away what it does not give.
                yield from spec.get(kind.lower()) or [{"ports": [{"port": 0}]}]


def _permit(rules: list[Object], peer: End, port: int) -> bool:
    return not rules or any(_allows(rule, peer, port) for rule in rules)


def _allows(rule: Object, peer: End, port: int) -> bool:
    ports = [entry["port"] for entry in rule.get("ports", [])]
    if ports and port not in ports:
        return False
    peers: list[Any] = rule.get("to", []) + rule.get("from", [])
    return not peers or any(_is(peer, selector) for selector in peers)


def _is(peer: End, selector: Object) -> bool:
    if "ipBlock" in selector:
        return bool(peer.address) and _in_block(str(peer.address), selector["ipBlock"])
    if peer.address:
        return False
    where = selector.get("namespaceSelector")
    if where is None and peer.namespace:
        return False
    if where is not None:
        space = {"kubernetes.io/metadata.name": peer.namespace or "ours"}
        if not selects(where, space):
            return False
    return selects(selector.get("podSelector", {}), peer.labels)


def _in_block(address: str, block: Object) -> bool:
    inside = ip_address(address) in ip_network(block["cidr"])
    return inside and not any(
        ip_address(address) in ip_network(but) for but in block.get("except", [])
    )
