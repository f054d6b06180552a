"""Run the migrations of the kit in a service's database."""

from kit import migrations
from kit.revocations.tables import metadata

migrations.run(metadata, version_table=migrations.KIT_VERSIONS)
