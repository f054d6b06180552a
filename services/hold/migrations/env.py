"""Run the migrations of the hold service."""

from hold.tables import metadata
from kit import migrations

migrations.run(metadata)
