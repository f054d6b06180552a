"""Run the migrations of the activation service."""

from activation.tables import metadata
from kit import migrations

migrations.run(metadata)
