"""The eSIM card the customer sees: QR code, install links and the manual code, always together."""

import io
from urllib.parse import quote
from uuid import UUID

import segno
from pydantic import BaseModel
from sqlalchemy import select

from activation.activations.states import NoSuchActivation
from activation.esims.domain import HELP_EN, HELP_VI, EsimCode
from activation.incidents.queries import refuse_under_review
from activation.tables import activations, profiles
from kit.db import Tx
from kit.sealing import Sealer


class InstallLinks(BaseModel):
    """Links that install the profile with one tap, where the phone supports it."""

    ios: str
    android: str


class EsimCard(BaseModel):
    """All ways to put the profile on a phone (F5b.13)."""

    profile_id: UUID
    activation_code: str
    smdp: str
    matching_id: str
    install_links: InstallLinks
    qr_svg: str
    confirmation_code: str | None
    """The code the phone will ask for besides, if it asks."""
    help_vi: str | None
    """The advice about the last failed scan, if there was one (F5b.17)."""
    help_en: str | None


async def code_of(tx: Tx, hold_id: UUID, customer_id: UUID, *, sealer: Sealer) -> EsimCode:
    """Open the newest code of a customer's eSIM; nobody else ever sees it."""
    _, _, code = await _profile(tx, hold_id, customer_id, sealer=sealer)
    return code


async def card_of(tx: Tx, hold_id: UUID, customer_id: UUID, *, sealer: Sealer) -> EsimCard:
    """Return everything the customer needs to install the profile."""
    profile_id, reason, code = await _profile(tx, hold_id, customer_id, sealer=sealer)
    return EsimCard(
        profile_id=profile_id,
        activation_code=code.activation_code,
        smdp=code.smdp,
        matching_id=code.matching_id,
        install_links=InstallLinks(
            ios=_link("apple", code.activation_code), android=_link("android", code.activation_code)
        ),
        qr_svg=_qr(code).svg_inline(scale=4, border=4),
        confirmation_code=code.confirmation_code,
        help_vi=HELP_VI.get(reason) if reason else None,
        help_en=HELP_EN.get(reason) if reason else None,
    )


def png_of(code: EsimCode) -> bytes:
    """Draw the QR code as a picture."""
    out = io.BytesIO()
    _qr(code).save(out, kind="png", scale=8, border=4)
    return out.getvalue()


def _qr(code: EsimCode) -> segno.QRCode:
    return segno.make(code.activation_code, error="m", micro=False)


def _link(maker: str, activation_code: str) -> str:
    site = f"https://esimsetup.{maker}.com/esim_qrcode_provisioning"
    return f"{site}?carddata={quote(activation_code, safe=':$')}"


async def _profile(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, sealer: Sealer
) -> tuple[UUID, str | None, EsimCode]:
    of_customer = (
        select(profiles.c.id, profiles.c.sealed, activations.c.reason_code)
        .join(activations, activations.c.profile_id == profiles.c.id)
        .where(activations.c.hold_id == hold_id, activations.c.customer_id == customer_id)
    )
    row = (await tx.execute(of_customer)).one_or_none()
    if row is None:
        raise NoSuchActivation
    await refuse_under_review(tx, hold_id)
    opened = sealer.open_json(row.sealed, about=f"profile:{row.id}")
    return row.id, row.reason_code, EsimCode.model_validate(opened)
