"""HTTP: carriers tell us where parcels are (F4.17, F4.22)."""

import hmac
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, ValidationError

from kit import clock
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.errors import Invalid
from kit.http import problems
from shipping.carriers import commands
from shipping.carriers.gateways import dong, moment
from shipping.news.domain import CARRIERS, News, NoSuchCarrier
from shipping.settings import RequestSettings

router = APIRouter(prefix="/v1/carriers", tags=["carriers"])


class UnreadableNews(Invalid):
    """This is not what the carrier's interface describes."""


Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Word = Annotated[Text, Field(max_length=64)]


class GhnNews(BaseModel):
    """GHN's post at every change of a parcel; fields we do not need are kept with the body."""

    order_code: Annotated[Word, Field(alias="OrderCode", min_length=1)]
    client_order_code: Annotated[Word, Field(alias="ClientOrderCode")] = ""
    word: Annotated[Word, Field(alias="Status", min_length=1)]
    time: Annotated[Text, Field(alias="Time")] = ""
    reason: Annotated[str | None, Field(alias="Reason")] = None
    reason_code: Annotated[str | None, Field(alias="ReasonCode")] = None
    cod_amount: Annotated[Any, Field(alias="CODAmount")] = None

    def news(self, *, now: datetime) -> News:
        """Return the post as news, in our names."""
        return News(
            carrier="ghn",
            order_code=self.order_code,
            client_order_code=self.client_order_code,
            word=self.word,
            said_at=moment(self.time, otherwise=now),
            reason=self.reason or "",
            reason_code=self.reason_code or "",
            cod_vnd=dong(self.cod_amount),
        )


@router.post(
    "/{carrier}/webhook/{secret}",
    summary="News of a parcel",
    responses=problems(NoSuchCarrier, UnreadableNews),
    openapi_extra={
        "requestBody": {
            "content": {"application/json": {"schema": GhnNews.model_json_schema()}},
        }
    },
)
async def hear_carrier(
    carrier: str,
    secret: str,
    request: Request,
    settings: RequestSettings,
    sealer: RequestSealer,
    tx: Transaction,
) -> dict[str, str]:
    """Take news from a carrier. Told again, or about a parcel we do not know, it is still 200."""
    expected = settings.webhook_secret.get_secret_value()
    if not hmac.compare_digest(secret.encode(), expected.encode()) or carrier not in CARRIERS:
        raise NoSuchCarrier
    body, now = await request.body(), clock.now()
    try:
        news = GhnNews.model_validate_json(body).news(now=now)
    except ValidationError:
        raise UnreadableNews from None
    await commands.take_news(tx, sealer, news, body, now=now)
    return {"status": "heard"}
