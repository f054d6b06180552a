"""Run the migrations of the identity service."""

from identity.tables import metadata
from kit import migrations

migrations.run(metadata)
