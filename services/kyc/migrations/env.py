"""Run the migrations of the kyc service."""

from kit import migrations
from kyc.tables import metadata

migrations.run(metadata)
