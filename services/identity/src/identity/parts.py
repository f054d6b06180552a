"""What routes need besides the database: the keys and the settings this process was given."""

from typing import Annotated

from fastapi import Depends, Request

from identity.settings import Settings
from kit.sealing import Sealer
from kit.tokens import Signer


def _settings(request: Request) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def _sealer(request: Request) -> Sealer:
    sealer = request.app.state.sealer
    assert isinstance(sealer, Sealer)
    return sealer


def _signer(request: Request) -> Signer:
    signer = request.app.state.signer
    assert isinstance(signer, Signer)
    return signer


Config = Annotated[Settings, Depends(_settings)]
Seals = Annotated[Sealer, Depends(_sealer)]
Signs = Annotated[Signer, Depends(_signer)]
