"""The documents of sockets that are due to be read, the urgent ones first.

Nothing here waits for a client or a database. However often a document changes, it is due once, and
of its texts only the newest waits to be sent: a slow client costs the size of its documents.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final
from uuid import UUID

from kit.auth import Caller
from videocall.documents.commands import queues_of, subject_of
from videocall.documents.domain import NEVER_MARKED, Key, Watch

RESUMED_WITHIN_SECONDS: Final = 10.0


class Due(IntEnum):
    """Whether a document is to be read, and how soon."""

    NO = 0
    CALMLY = 1
    AT_ONCE = 2


@dataclass(eq=False)
class Watching:
    """One document that one socket watches, and what its client has of it."""

    key: Key
    seq: int | None
    due: Due = Due.NO
    stale: bool = False
    """Something has changed that matters little: it is read after a while."""
    moves: bool = False
    version: int = NEVER_MARKED
    """Of what was read last."""
    read_at: float = float("-inf")
    digest: int | None = None
    """Of the text that was sent last."""

    def takes(self, version: int) -> bool:
        """Take what was read as of a version, unless another reader was faster with a newer one."""
        if version < self.version:
            return False
        self.version = version
        return True

    def is_worth_refreshing(self, moment: float) -> bool:
        """Tell whether it is to be read calmly, at a moment of the loop's clock."""
        old = moment - self.read_at >= self.key[0].refreshed_after
        return old and self.due is Due.NO and (self.stale or self.moves)


@dataclass(eq=False)
class Client:
    """One open socket: the person, the documents watched, the texts that wait to be sent."""

    id: UUID
    caller: Caller
    watched: dict[Key, Watching] = field(default_factory=dict)
    outbox: dict[object, str] = field(default_factory=dict)
    """By document: a text that was not taken yet is replaced by a newer one."""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    admitted: bool = False
    """The socket is written down."""
    over: asyncio.Future[int | None] = field(default_factory=asyncio.Future)
    """Resolved by the code to close with; by None when the client has gone."""

    def put(self, name: object, text: str, *, first: bool = False) -> None:
        """Let a text be sent, instead of one of the same name that was not sent yet."""
        self.outbox = {name: text} | self.outbox if first else self.outbox | {name: text}
        self.ready.set()

    async def next_text(self) -> str:
        """Take the text that has waited longest, when there is one."""
        while not self.outbox:
            self.ready.clear()
            await self.ready.wait()
        return self.outbox.pop(next(iter(self.outbox)))

    def end(self, code: int | None) -> None:
        """Let the socket be closed; what was said first counts."""
        if not self.over.done():
            self.over.set_result(code)


class DueDocuments:
    """The documents that are due, of all clients."""

    def __init__(self) -> None:
        self._urgent: deque[tuple[Client, Watching]] = deque()
        self._calm: deque[tuple[Client, Watching]] = deque()
        self._ready = asyncio.Event()

    def add(self, client: Client, watching: Watching, due: Due) -> None:
        """Let a document be read; it waits once, however often this is said."""
        if due <= watching.due:
            return
        watching.due = due
        (self._urgent if due is Due.AT_ONCE else self._calm).append((client, watching))
        self._ready.set()

    async def next(self) -> tuple[Client, Watching]:
        """Return the most urgent document, when there is one."""
        while True:
            while waiting := self._urgent or self._calm:
                client, watching = waiting.popleft()
                if watching.due is not Due.NO and client.watched.get(watching.key) is watching:
                    watching.due, watching.stale = Due.NO, False
                    return client, watching
            self._ready.clear()
            await self._ready.wait()


class Watchers:
    """The watchers of each subject, and the versions of subjects."""

    def __init__(self) -> None:
        self._by_subject: dict[str, dict[tuple[Client, Key], Due]] = {}
        self.versions: dict[str, int] = {}
        """Of watched subjects, as far as they were heard of."""

    def watch(self, client: Client, key: Key, subject: str, queues: Sequence[str]) -> None:
        """Let a document be due at once by its subject, and calmly by the queues it lists."""
        for each in queues:
            self._by_subject.setdefault(each, {})[client, key] = Due.CALMLY
        self._by_subject.setdefault(subject, {})[client, key] = Due.AT_ONCE

    def unwatch(self, client: Client, key: Key, subjects: Iterable[str]) -> None:
        """Forget a document of a client."""
        for subject in subjects:
            watchers = self._by_subject.get(subject, {})
            watchers.pop((client, key), None)
            if not watchers:
                self._by_subject.pop(subject, None)
                self.versions.pop(subject, None)

    def hear(self, subject: str, version: int) -> list[tuple[Client, Watching, Due]]:
        """Return the documents that a mark makes due; none if it was heard of before."""
        if subject not in self._by_subject or self.versions.get(subject) == version:
            return []
        self.versions[subject] = version
        return [
            (client, client.watched[key], due)
            for (client, key), due in self._by_subject[subject].items()
        ]


class Deliveries:
    """The documents of all clients: who watches them, and which are due."""

    def __init__(self) -> None:
        self._watchers, self._due = Watchers(), DueDocuments()
        self.next = self._due.next

    def note_watches(self, client: Client, watches: Sequence[Watch]) -> list[str]:
        """Note what a client watches instead of all before; return the subjects of it."""
        for key in list(client.watched):
            self.unwatch(client, key)
        for watch in watches:
            client.watched[watch.key] = Watching(watch.key, watch.seq)
            subject = subject_of(client.caller, watch.key)
            self._watchers.watch(client, watch.key, subject, queues_of(client.caller, watch.key))
        return [subject_of(client.caller, key) for key in client.watched]

    def unwatch(self, client: Client, key: Key) -> None:
        """Forget a document of a client."""
        if client.watched.pop(key, None):
            subjects = (subject_of(client.caller, key), *queues_of(client.caller, key))
            self._watchers.unwatch(client, key, subjects)

    def require_news(
        self, client: Client, watches: Sequence[Watch], versions: Mapping[str, int], moment: float
    ) -> None:
        """Let what a client does not have be due, by the versions of its subjects."""
        for watch in watches:
            watching = client.watched.get(watch.key)
            version = versions.get(subject_of(client.caller, watch.key), NEVER_MARKED)
            if watching and watch.seq != version:
                self._due.add(client, watching, Due.AT_ONCE)
            elif watching and not watch.document.is_told_by_its_mark:
                # Other things may have changed. Those who were cut off together are spread.
                watching.stale = True
                watching.read_at = moment + client.id.int % 1000 / 1000 * RESUMED_WITHIN_SECONDS

    def hear(self, marks: Iterable[tuple[str, int]]) -> None:
        """Let what marks make new be due, at once or after a while."""
        for subject, version in marks:
            for client, watching, due in self._watchers.hear(subject, version):
                watching.stale = True
                if due is Due.AT_ONCE:
                    self._due.add(client, watching, due)

    def refresh(self, client: Client, moment: float) -> None:
        """Let be due what tells of passing time, or has changed a little."""
        for watching in client.watched.values():
            if watching.is_worth_refreshing(moment):
                self._due.add(client, watching, Due.CALMLY)
