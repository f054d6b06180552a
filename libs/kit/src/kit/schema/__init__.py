"""The kit's own tables, which every service's database has, and their migrations."""

from pathlib import Path
from typing import Final

from sqlalchemy import MetaData

from kit.idempotency.tables import metadata as named_requests
from kit.revocations.tables import metadata as revocations
from kit.tasks.tables import metadata as tasks

VERSIONS: Final = Path(__file__).parent / "migrations" / "versions"

metadata: Final = MetaData(info={"library": "kit", "versions": VERSIONS})
for part in (tasks, revocations, named_requests):
    for table in part.sorted_tables:
        table.to_metadata(metadata)
