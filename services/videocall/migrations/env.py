"""Run the migrations of the videocall service."""

from kit import migrations
from videocall.tables import metadata

migrations.run(metadata)
