"""A Kafka producer without a broker."""

import asyncio


class RunningTasks:
    """The background tasks of a producer; none has ended."""

    sender_task = _sync_task = None


class FakeProducer:
    """A producer whose broker takes everything at once, or answers as it is told."""

    def __init__(self) -> None:
        self._sender = self.client = RunningTasks()
        self.sent: list[tuple[str, str]] = []
        self.refusals: list[Exception] = []
        self.answers: list[asyncio.Future[None]] = []

    async def partitions_for(self, _: str) -> set[int]:
        """Have one partition of everything."""
        return {0}

    def create_batch(self) -> "FakeBatch":
        """Begin a batch."""
        return FakeBatch()

    async def send_batch(
        self, batch: "FakeBatch", topic: str, *, partition: int
    ) -> asyncio.Future[None]:
        """Take one batch."""
        assert partition == 0
        if self.refusals:
            raise self.refusals.pop()
        self.sent += [(topic, key) for key in batch.keys]
        if self.answers:
            return self.answers.pop(0)
        answer = asyncio.get_running_loop().create_future()
        answer.set_result(None)
        return answer


class FakeBatch:
    """A batch of records that keeps their keys."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def append(self, *, key: bytes, headers: object, **_: object) -> object:
        """Take one event."""
        assert headers
        self.keys.append(key.decode())
        return self

    def close(self) -> None:
        """Take no more."""
