"""Run the migrations of the hold service."""

from hold.claims import tables as claims
from hold.partners import tables as partners
from hold.tables import metadata
from kit import migrations

assert claims.metadata is metadata  # all tables of the service are known
assert partners.metadata is metadata

migrations.run(metadata)
