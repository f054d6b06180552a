"""Run the migrations of the notification service."""

from kit import migrations
from notification.tables import metadata

migrations.run(metadata)
