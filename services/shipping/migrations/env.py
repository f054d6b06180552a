"""Run the migrations of the shipping service."""

from kit import migrations
from shipping.tables import metadata

migrations.run(metadata)
