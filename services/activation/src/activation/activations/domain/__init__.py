"""The aggregate `Activation`: the record of a hold's way to the network, and each step on it."""

from dataclasses import dataclass

from activation.activations.domain.connecting import Connecting
from activation.activations.domain.installing import Installing
from activation.activations.domain.officers import Officer
from activation.activations.domain.proofs import Check, Proofs
from activation.activations.domain.signing import Signing
from activation.activations.domain.withdrawing import Withdrawing

__all__ = ["Activation", "Check", "Officer", "Proofs"]


@dataclass(kw_only=True, eq=False)
class Activation(Signing, Connecting, Installing, Withdrawing):
    """A hold on its way to the network: signed, connected, installed, or withdrawn."""
