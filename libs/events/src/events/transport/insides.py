"""The tasks that a Kafka client keeps going inside, which tells nobody when one of them ends.

A consumer that no longer fetches hands out nothing, and stays in its group and beats; a client
without its metadata, or a producer without its sender, answers nothing. (aiokafka 0.14 reads its
own `Fetcher.error_future` nowhere.) There is nothing public to ask, hence the private names.
"""

from operator import attrgetter
from typing import Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

OF_A_CONSUMER: Final = (
    "_fetcher._fetch_task",
    "_coordinator._coordination_task",
    "_client._sync_task",
)
OF_A_PRODUCER: Final = ("_sender.sender_task", "client._sync_task")


def ended(client: AIOKafkaConsumer | AIOKafkaProducer) -> list[str]:
    """List the tasks that have ended in a client that was started and not stopped."""
    names = OF_A_CONSUMER if isinstance(client, AIOKafkaConsumer) else OF_A_PRODUCER
    tasks = {name: attrgetter(name)(client) for name in names}
    return [name for name, task in tasks.items() if task is not None and task.done()]
