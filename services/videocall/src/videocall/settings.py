"""The settings of the videocall service, from its environment."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from kit.activation_channels import ActivationSettings
from kit.dependencies import from_app


class Settings(ActivationSettings, env_prefix="VIDEOCALL_"):
    """Every field is an environment variable: `always_open` is `VIDEOCALL_ALWAYS_OPEN`."""

    always_open: bool = False
    """Take calls at any hour; for the local stack."""
    last_call: timedelta = timedelta(minutes=10)
    """The time before closing at which the last new call is taken."""
    fresh_for: timedelta = timedelta(hours=72)
    """The age that a passed identity check may have at the call (P3.5)."""
    grace: timedelta = timedelta(minutes=2)
    """The time that an agent waits for a customer whose line broke (G26)."""
    same_challenges: timedelta = timedelta(seconds=60)
    """The absence after which other challenges are drawn: somebody else may sit there now."""
    place_kept: timedelta = timedelta(minutes=10)
    """The time that a place is kept when a call ended by nobody's fault (G26)."""
    caller_silent_after: timedelta = timedelta(seconds=20)
    """A waiting customer whose app has not asked for so long is no longer there."""
    agent_silent_after: timedelta = timedelta(seconds=60)
    """An agent whose desk has not asked for so long is away, and has lost the call in hand."""
    rings_for: timedelta = timedelta(seconds=20)
    """The time that an agent has to accept a call that rings."""
    declined_rests: timedelta = timedelta(seconds=60)
    """A call is not offered again for so long to an agent who declined it."""
    slot: timedelta = timedelta(minutes=15)
    """The length of an appointment; its customer may come so late."""
    appointments_per_slot: int = Field(default=2, ge=1)
    """The number of customers of a team that may have the same appointment."""
    bookable: timedelta = timedelta(days=7)
    """Appointments are offered so far ahead."""
    rejections: int = Field(default=3, ge=1)
    """After so many rejections only a store can help."""
    audited_share: float = Field(default=0.05, gt=0, le=1)
    """The share of each agent's decisions of a day that is drawn for an audit, at least one."""
    unconnected_kept: timedelta = timedelta(days=30)
    """The evidence of a journey that ended without a connection is erased after so long (R2)."""
    suspected_kept: timedelta = timedelta(days=730)
    """The same where an agent, an auditor or a supervisor doubted the person."""
    audited_first: int = Field(default=50, ge=0)
    """The number of an agent's first decisions that are all audited."""
    usual_call: timedelta = timedelta(minutes=4)
    """The length of a call while there are no figures yet."""

    media_nodes: Annotated[tuple[str, ...], NoDecode] = ()
    """The addresses of the media nodes, with commas between them; without any no call has media."""
    media_secret: SecretStr = SecretStr("")
    """The secret by which media nodes know this service."""
    media_optional: bool = False
    """Approve calls in which not both have sent a picture; for programs that play the people."""
    recording_stalled_after: timedelta = timedelta(seconds=3)
    """A recording that has not grown for so long has stopped: the call cannot be approved."""
    shortest_recording_seconds: float = Field(default=20, ge=0)
    """Less than so much recording of either party is no evidence."""

    turn_urls: Annotated[tuple[str, ...], NoDecode] = ()
    """TURN servers for networks that let no UDP through: `turns:host:443?transport=tcp`, with
    commas between them."""
    turn_secret: SecretStr = SecretStr("")
    """The secret that TURN servers share with this service (coturn's `static-auth-secret`)."""
    turn_for: timedelta = timedelta(hours=2)
    """The least time that a credential for TURN servers is good for."""

    @field_validator("media_nodes", "turn_urls", mode="before")
    @classmethod
    def _split_addresses(cls, value: object) -> object:
        return tuple(filter(None, value.split(","))) if isinstance(value, str) else value

    @property
    def shortest_recording(self) -> timedelta:
        """Return the shortest recording of a party that is evidence."""
        return timedelta(seconds=self.shortest_recording_seconds)


RequestSettings = Annotated[Settings, from_app(Settings)]
