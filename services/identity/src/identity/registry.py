"""Where the nouns of this service hang their tables; the outbox and the task list come along."""

from kit.db import service_registry

mapper = service_registry()
metadata = mapper.metadata
