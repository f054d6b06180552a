"""The registry that all tables of videocall belong to."""

from sqlalchemy import DateTime

from kit.db import service_registry

mapper = service_registry()
metadata = mapper.metadata

Moment = DateTime(timezone=True)
