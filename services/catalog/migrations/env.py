"""Run the migrations of the catalog service."""

from catalog.packages import tables as packages
from catalog.tables import metadata
from kit import migrations

assert packages.metadata is metadata  # all tables of the service are known

migrations.run(metadata)
