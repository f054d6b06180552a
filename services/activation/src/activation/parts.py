"""What the routes of this service need besides the database."""

from typing import Annotated

from fastapi import Depends, Request

from activation.settings import Settings
from kit.sealing import Sealer
from kit.tokens import Verifier


class Desk:
    """The keys and settings of the desk a customer's dossier is completed at."""

    def __init__(self, settings: Settings) -> None:
        keys = settings.keys_dir
        self.settings = settings
        self.sealer = Sealer(keys, "activation")
        self.declarations = Verifier(keys, "kyc", "declaration")
        self.phone_proofs = Verifier(keys, "identity", "phone-proof")


def desk(request: Request) -> Desk:
    """Give a route its keys and settings."""
    found = request.app.state.desk
    assert isinstance(found, Desk)
    return found


OfDesk = Annotated[Desk, Depends(desk)]
