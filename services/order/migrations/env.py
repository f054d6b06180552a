"""Run the migrations of the order service."""

from kit import migrations
from order.tables import metadata

migrations.run(metadata)
