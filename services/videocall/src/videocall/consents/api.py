"""HTTP: the text that a customer agrees to before a call."""

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel

from kit.auth import Customer
from videocall.consents.domain import ADDRESS, PRESENT, TEXTS, ConsentText, Locale, Purpose

router = APIRouter(prefix=ADDRESS, tags=["calls"])


class PurposeView(BaseModel):
    """A purpose that is agreed to for itself."""

    purpose: Purpose
    text: str


class ConsentTextView(BaseModel):
    """The present text in one language, and its fingerprint, which the consent names."""

    version: str
    locale: Locale
    sha256: str
    title: str
    points: list[str]
    purposes: list[PurposeView]

    @classmethod
    def of(cls, text: ConsentText) -> Self:
        """Shape a text for the screen."""
        purposes = [PurposeView(purpose=name, text=words) for name, words in text.purposes]
        return cls(
            version=text.version,
            locale=text.locale,
            sha256=text.sha256,
            title=text.title,
            points=list(text.points),
            purposes=purposes,
        )


@router.get("")
async def read_consent_text(
    _: Customer, locale: Annotated[Locale, Query()] = "vi"
) -> ConsentTextView:
    """Show what a customer agrees to before the queue: the call, and its recording."""
    return ConsentTextView.of(TEXTS[PRESENT, locale])
