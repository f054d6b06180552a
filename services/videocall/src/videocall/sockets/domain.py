"""The protocol of sockets, version 1: messages, close codes, limits.

A message is one JSON object `{v, t, body}`, from the service with `seq`, `call` and `epoch` as
well. The service's word about a document is the document itself, as its GET answers it.
"""

from enum import IntEnum
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from videocall.documents.domain import Document, Watch

VERSION: Final = 1
PATH: Final = "/ws"
MOST_WATCHED: Final = 16
"""Documents that one socket watches."""
MESSAGES_PER_SECOND: Final = 5.0
BURST: Final = 40.0
"""Messages that a client may send at once."""
HELLO_SECONDS: Final = 5.0
"""The time from the handshake to the first message."""
SEND_SECONDS: Final = 10.0
"""The time that a client may take for what is sent to it."""

CLOSE_SECONDS: Final = 1.0
"""The time that a client may take for the word that its socket is closed."""


class Allowance:
    """The messages that a client may still send: a bucket of tokens."""

    def __init__(self, moment: float) -> None:
        self._left, self._at = BURST, moment

    def takes_one(self, moment: float) -> bool:
        """Take one message at a moment (s); tell whether it is within the allowance."""
        grown = self._left + (moment - self._at) * MESSAGES_PER_SECOND
        self._left, self._at = min(BURST, grown) - 1, moment
        return self._left >= 0


class CloseCode(IntEnum):
    """The reason for which the service closes a socket, and the client's next step."""

    RESTARTING = 1012
    """The replica ends: open another socket soon, with `resume`."""
    MALFORMED = 4400
    """A message was none of this protocol: ask by HTTP instead."""
    SIGN_IN = 4401
    """The ticket or the sign-in has ended: ask for a new ticket."""
    FOREIGN_PAGE = 4403
    """A page of another site opened the socket."""
    TOO_SLOW = 4408
    """The first message did not come in time, or messages were not taken: try again later."""
    REPLACED = 4409
    """The same person has opened newer sockets: come back when this page is looked at."""
    TOO_MANY = 4429
    """Too many messages came: ask by HTTP, and try again later."""


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    v: Literal[1] = VERSION


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class WatchBody(_Body):
    """All that is watched from now on."""

    documents: list[Watch] = Field(max_length=MOST_WATCHED)


class HelloBody(WatchBody):
    """The ticket, and all that is watched."""

    ticket: str = Field(max_length=4096)
    """Of `POST /v1/socket-tickets`, or the `resume` of a socket that was lost."""


class Hello(_Message):
    """The first message of a client, within 5 seconds of the handshake."""

    t: Literal["hello"]
    body: HelloBody


class WatchThese(_Message):
    """Watch these documents from now on, and no others."""

    t: Literal["watch"]
    body: WatchBody


class Ping(_Message):
    """Ask for a `pong`: a page does not see the pings of the protocol below."""

    t: Literal["ping"]


FromClient = Annotated[Hello | WatchThese | Ping, Field(discriminator="t")]
FROM_CLIENT: Final[TypeAdapter[Hello | WatchThese | Ping]] = TypeAdapter(FromClient)


class _Sent(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True)

    v: Literal[1] = VERSION
    seq: int | None = None
    """The version of the call or the agent that a document is about; it grows."""
    call: UUID | None = None
    epoch: int | None = None
    """Of the call, or of the offer that rings: a command that names an older one is refused."""


class WelcomeBody(_Body):
    """The open socket."""

    socket: UUID
    resume: str
    """A ticket for the next socket, should this one be lost; good for ten minutes."""


class Welcome(_Sent):
    """The answer to `hello`; the documents that are not as the client has them follow."""

    t: Literal["welcome"] = "welcome"
    body: WelcomeBody


class Pong(_Sent):
    """The answer to `ping`."""

    t: Literal["pong"] = "pong"


class DocumentMessage(_Sent):
    """A document, as its GET answers it."""

    t: Document
    body: Any


class RefusalBody(_Body):
    """A document, and the problem that its GET answers with."""

    document: Document
    problem: dict[str, Any]


class Refusal(_Sent):
    """Refuse a document, which is not watched any more."""

    t: Literal["refusal"] = "refusal"
    body: RefusalBody
