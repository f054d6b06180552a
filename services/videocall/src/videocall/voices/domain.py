"""A supervisor's voice in a call."""

from enum import StrEnum
from uuid import UUID


class VoiceMode(StrEnum):
    """The audience of a supervisor in a call."""

    WHISPER = "WHISPER"
    """The agent alone."""
    BARGE = "BARGE"
    """Customer and agent hear and see the supervisor."""

    def audience(self, agent_id: UUID | None) -> tuple[str, ...] | None:
        """Return the viewers who hear the supervisor, None for all."""
        return (str(agent_id),) if self is VoiceMode.WHISPER else None
