"""The health of a Kafka client, which does not tell when one of its inner tasks has ended.

A consumer that no longer fetches hands out nothing, and stays in its group and beats; a client
without its metadata, or a producer without its sender, answers nothing. (aiokafka 0.14 reads its
own `Fetcher.error_future` nowhere.)
"""

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from events.transport.compatibility import background_tasks


def dead_tasks(client: AIOKafkaConsumer | AIOKafkaProducer) -> list[str]:
    """List the background tasks that have ended in a client that was started and not stopped."""
    tasks = background_tasks(client)
    return [name for name, task in tasks.items() if task is not None and task.done()]
