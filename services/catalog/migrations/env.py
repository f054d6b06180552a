"""Run the migrations of the catalog service."""

from catalog.tables import metadata
from kit import migrations

migrations.run(metadata)
