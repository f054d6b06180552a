"""What the routes work with besides the database."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from kit.sealing import Sealer
from kit.tasks import Tasks
from kit.tokens import Signer
from kyc.settings import Settings


@dataclass(frozen=True)
class Means:
    """Settings, keys and errands of this process."""

    settings: Settings
    sealer: Sealer
    signer: Signer
    tasks: Tasks


def _means(request: Request) -> Means:
    means = request.app.state.means
    assert isinstance(means, Means)
    return means


With = Annotated[Means, Depends(_means)]
