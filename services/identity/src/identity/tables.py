"""Everything this service remembers: importing it maps every noun onto its tables."""

import identity.accounts.tables
import identity.challenges.tables
import identity.codes.tables
import identity.guesses.tables
import identity.partners.tables
import identity.sessions.tables
import identity.staff.tables
from identity.registry import metadata

__all__ = ["identity", "metadata"]
